package dev.kith.lake;

/**
 * The name of an Iceberg table that holds rows, such as {@code orders_1f3a9c2e}. Readers never use
 * it: a release maps logical names to it.
 */
public record PhysicalTable(String name) {
  @Override
  public String toString() {
    return name;
  }
}
