package dev.kith.run.plan;

/**
 * What a build has to read, as far as it is known.
 *
 * @param bytes of data files
 */
public record Reading(long rows, long bytes) {

  public static final Reading NOTHING = new Reading(0, 0);

  public Reading plus(Reading other) {
    return new Reading(rows + other.rows, bytes + other.bytes);
  }
}
