package dev.kith.lake;

/**
 * The name of an Iceberg table that holds rows, such as {@code orders_1f3a9c2e}. Readers never use
 * it: a release maps logical names to it.
 */
public record PhysicalTable(String name) {

  /** Occurs in no name that is made from a definition's. */
  private static final String BESIDE = "--";

  /** A table of rows that others are made from, not for readers: it goes when those go. */
  public PhysicalTable beside(String purpose) {
    return new PhysicalTable(name + BESIDE + purpose);
  }

  /** Whether it is {@link #beside} others. */
  public boolean isBeside() {
    return name.contains(BESIDE);
  }

  @Override
  public String toString() {
    return name;
  }
}
