package dev.kith.run.plan;

import dev.kith.lake.PhysicalTable;
import dev.kith.lake.Snapshot;
import dev.kith.lake.TableVersion;

/** Rows of a table that exist, and what they were made of. */
public record Standing(PhysicalTable table, Snapshot snapshot) {

  public TableVersion version() {
    return new TableVersion(table, snapshot.id());
  }
}
