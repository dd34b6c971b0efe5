package dev.kith.measures;

import java.util.ArrayList;
import java.util.List;

/** When a person's event before was that has the same value: depends on no instant and no pair. */
final class TimeBefore {

  private TimeBefore() {}

  /**
   * {@link Dialect#beforeAll()} for the first event with its value, NULL for one without a value.
   * Of events at the same time, some one is the first.
   */
  static String of(String person, String at, String value) {
    return "CASE WHEN %1$s IS NOT NULL THEN coalesce(lag(%2$s) OVER (PARTITION BY %3$s, %1$s ORDER BY %2$s), %4$s) END"
        .formatted(value, at, person, Dialect.beforeAll());
  }

  /** The events that have a value of an expression, as {@code kith_person, kith_value}. */
  static String values(EventTable events, String expression, List<String> conditions) {
    List<String> where = new ArrayList<>(conditions);
    where.add(expression + " IS NOT NULL");
    return Sql.select(
        List.of(
            "DISTINCT " + PersonOfEvent.key(events) + " AS " + Gathering.PERSON,
            expression + " AS kith_value"),
        Sql.from(events.relation()),
        where);
  }
}
