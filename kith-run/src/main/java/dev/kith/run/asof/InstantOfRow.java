package dev.kith.run.asof;

import java.time.Instant;

/** The instant that a row asks about. */
public sealed interface InstantOfRow {

  /** In a column of the rows: an instant, or a local time or date in the project's zone. */
  record InColumn(String name) implements InstantOfRow {}

  /** The same for all rows, which get it as the column {@code as_of}. */
  record Fixed(Instant at) implements InstantOfRow {}
}
