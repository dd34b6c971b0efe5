package dev.kith.run.plan;

import dev.kith.lake.SnapshotTotals;

/**
 * What a build has to read, as far as it is known.
 *
 * @param bytes of data files
 */
public record Reading(long rows, long bytes) {

  public static final Reading NOTHING = new Reading(0, 0);

  /** Of all rows of a snapshot. */
  static Reading of(SnapshotTotals totals) {
    return new Reading(totals.rows(), totals.bytes());
  }

  public Reading plus(Reading other) {
    return new Reading(rows + other.rows, bytes + other.bytes);
  }
}
