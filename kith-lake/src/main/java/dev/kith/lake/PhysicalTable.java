package dev.kith.lake;

import java.util.Optional;

/**
 * The name of an Iceberg table that holds rows, such as {@code orders_1f3a9c2e}. Readers never use
 * it: a release maps logical names to it.
 */
public record PhysicalTable(String name) {

  /** Occurs in no name that is made from a definition's. */
  private static final String BESIDE = "--";

  /** A table that belongs to this one, and goes when it goes. */
  public PhysicalTable beside(String purpose) {
    return new PhysicalTable(name + BESIDE + purpose);
  }

  /** The table that this one belongs to, if it belongs to one. */
  public Optional<PhysicalTable> owner() {
    int end = name.indexOf(BESIDE);
    return end < 0 ? Optional.empty() : Optional.of(new PhysicalTable(name.substring(0, end)));
  }

  @Override
  public String toString() {
    return name;
  }
}
