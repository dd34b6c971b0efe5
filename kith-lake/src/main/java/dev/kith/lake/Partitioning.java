package dev.kith.lake;

/**
 * How a column's value decides the partition of a row. Days, months and hours are those of UTC; a
 * NULL has a partition of its own.
 */
public sealed interface Partitioning {

  String column();

  /** By calendar day of a date, timestamp or instant: days since 1970-01-01. */
  record ByDay(String column) implements Partitioning {}

  /** By calendar month of a date, timestamp or instant: months since 1970-01. */
  record ByMonth(String column) implements Partitioning {}

  /** By hour of a timestamp or instant: hours since 1970-01-01T00:00. */
  record ByHour(String column) implements Partitioning {}

  /** By {@link Buckets#of a hash} of the value, 0 to {@code count} - 1. */
  record Bucket(String column, int count) implements Partitioning {
    public Bucket {
      if (count < 1) {
        throw new IllegalArgumentException("Cannot spread rows over buckets: " + count);
      }
    }
  }

  /** By the value itself. */
  record Identity(String column) implements Partitioning {}
}
