package dev.kith.engine.duckdb;

import dev.kith.engine.EngineCode;
import dev.kith.engine.Input;
import dev.kith.lake.ChangedFile;
import dev.kith.lake.Changes;
import dev.kith.lake.LakeTable;
import dev.kith.lake.TableVersion;
import dev.kith.lake.Warehouse;
import dev.kith.model.KithException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Finds the files and rows of what a statement may read. */
final class Inputs {

  private final Warehouse warehouse;
  private final PositionTables tables;

  Inputs(Warehouse warehouse, PositionTables tables) {
    this.warehouse = warehouse;
    this.tables = tables;
  }

  /**
   * @param exposed hidden columns that are wanted
   */
  Scan scan(Input input, Set<String> exposed) {
    if (input instanceof Input.Whole whole) {
      TableVersion version = whole.version();
      LakeTable table = warehouse.table(version.table());
      Fields fields = Fields.at(table, version.snapshotId());
      return Scan.of(
          table.scan(version.snapshotId()),
          fields,
          visible(fields, exposed),
          Scan.Layer.ROWS,
          tables);
    }
    if (input instanceof Input.Added added) {
      return changed(added.from(), added.to(), true, exposed);
    }
    Input.Removed removed = (Input.Removed) input;
    return changed(removed.from(), removed.to(), false, exposed);
  }

  private Scan changed(TableVersion from, TableVersion to, boolean added, Set<String> exposed) {
    if (!from.table().equals(to.table())) {
      throw unknown(to, "they are snapshots of different physical tables");
    }
    LakeTable table = warehouse.table(to.table());
    Changes changes = table.changes(from.snapshotId(), to.snapshotId());
    if (changes instanceof Changes.Unknown unknown) {
      throw unknown(to, unknown.message());
    }
    Changes.Known known = (Changes.Known) changes;
    List<ChangedFile> files = added ? known.added() : known.removed();
    // Removed rows too have the columns of the later snapshot: both sides are read together.
    Fields fields = Fields.at(table, to.snapshotId());
    return Scan.of(fields, files, visible(fields, exposed), Scan.Layer.ROWS, tables);
  }

  private static List<String> visible(Fields fields, Set<String> exposed) {
    Set<String> wanted = new TreeSet<>();
    exposed.forEach(name -> wanted.add(name.toLowerCase(Locale.ROOT)));
    return fields.names().stream()
        .filter(name -> !name.startsWith("_") || wanted.contains(name.toLowerCase(Locale.ROOT)))
        .toList();
  }

  private static KithException unknown(TableVersion to, String reason) {
    return KithException.project(
        EngineCode.CHANGES_UNKNOWN,
        to.table().name(),
        "Cannot tell what changed in '" + to.table() + "': " + reason);
  }
}
