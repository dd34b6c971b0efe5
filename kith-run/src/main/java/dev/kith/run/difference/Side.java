package dev.kith.run.difference;

import dev.kith.lake.LakeTable;
import dev.kith.lake.ReleaseEntry;
import dev.kith.lake.Snapshot;
import dev.kith.lake.Warehouse;
import dev.kith.model.type.TableSchema;
import dev.kith.run.build.Bindings;
import dev.kith.run.graph.Relations;
import java.util.List;

/**
 * A table in one of the releases.
 *
 * @param key the columns that name a row; may be empty
 */
record Side(ReleaseEntry entry, LakeTable table, List<String> key) {

  /**
   * @param sourceKey what names a row, if the table does not say so itself
   */
  static Side of(ReleaseEntry entry, Warehouse warehouse, List<String> sourceKey) {
    LakeTable table = warehouse.table(entry.table());
    List<String> key = table.layout().key();
    return new Side(entry, table, key.isEmpty() ? sourceKey : key);
  }

  /** Whether only those rows of the physical table are meant that are current. */
  boolean isCurrent() {
    return entry.kind() == ReleaseEntry.Kind.CURRENT_OF_HISTORY;
  }

  /** The columns that people see. */
  TableSchema schema() {
    return new TableSchema(
        entry.schema().columns().stream()
            .filter(column -> !isCurrent() || !Bindings.isOfHistory(column))
            .filter(column -> !Relations.isHidden(column))
            .toList());
  }

  Snapshot snapshot() {
    return table.snapshot(entry.snapshotId());
  }

  boolean isSameAs(Side other) {
    return entry.version().equals(other.entry().version()) && isCurrent() == other.isCurrent();
  }
}
