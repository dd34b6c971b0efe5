package dev.kith.engine;

import dev.kith.lake.TableVersion;

/** Rows of the warehouse that a statement may read. */
public sealed interface Input {

  /** All rows of a version. */
  record Whole(TableVersion version) implements Input {}

  /** Rows that are in {@code to} and not in {@code from}. */
  record Added(TableVersion from, TableVersion to) implements Input {}

  /** Rows that are in {@code from} and no longer in {@code to}. */
  record Removed(TableVersion from, TableVersion to) implements Input {}
}
