package dev.kith.run.plan;

import dev.kith.lake.PhysicalTable;
import dev.kith.lake.Snapshot;
import dev.kith.lake.TableVersion;
import dev.kith.lake.Warehouse;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The newest snapshots of physical tables, each read once unless it is said to have changed. */
public final class Heads {

  private final Warehouse warehouse;
  private final Map<PhysicalTable, Optional<Snapshot>> read = new HashMap<>();

  public Heads(Warehouse warehouse) {
    this.warehouse = warehouse;
  }

  /** Nothing where the table does not exist or never had a commit. */
  public Optional<Snapshot> of(PhysicalTable table) {
    return read.computeIfAbsent(
        table,
        name -> warehouse.exists(name) ? warehouse.table(name).head() : Optional.<Snapshot>empty());
  }

  /** The snapshot of a version. */
  Snapshot of(TableVersion version) {
    return of(version.table())
        .filter(head -> head.id() == version.snapshotId())
        .orElseGet(() -> warehouse.table(version.table()).snapshot(version.snapshotId()));
  }

  /** To be called after a commit. */
  public void changed(PhysicalTable table) {
    read.remove(table);
  }
}
