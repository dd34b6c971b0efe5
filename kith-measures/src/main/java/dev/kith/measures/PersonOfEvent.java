package dev.kith.measures;

/**
 * The relation "person of an event". Every key of an event that the compiler writes comes from
 * here, so that joining the devices and accounts of one person can be put here once. Today it is
 * the identity: the person is whom the event's key column names.
 */
final class PersonOfEvent {

  private PersonOfEvent() {}

  /** The person's key, over a row of the events' table; NULL where the event is nobody's. */
  static String key(EventTable events) {
    return Dialect.quoted(events.key());
  }
}
