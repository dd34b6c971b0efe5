package dev.kith.run.plan;

import dev.kith.lake.PhysicalTable;
import dev.kith.lake.Snapshot;
import dev.kith.lake.TableHead.Latest;
import dev.kith.lake.TableVersion;
import dev.kith.lake.Warehouse;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The newest snapshots of physical tables: of all of them at once when the first is asked for, then
 * each again that is said to have changed.
 */
public final class Heads {

  private final Warehouse warehouse;
  private @Nullable Map<PhysicalTable, Optional<Snapshot>> read;

  public Heads(Warehouse warehouse) {
    this.warehouse = warehouse;
  }

  /** Nothing where the table does not exist or never had a commit. */
  public Optional<Snapshot> of(PhysicalTable table) {
    return read().getOrDefault(table, Optional.empty());
  }

  /** The snapshot of a version. */
  Snapshot of(TableVersion version) {
    return of(version.table())
        .filter(head -> head.id() == version.snapshotId())
        .orElseGet(() -> warehouse.table(version.table()).snapshot(version.snapshotId()));
  }

  /** To be called after a commit. */
  public void changed(PhysicalTable table) {
    read().put(table, warehouse.table(table).head());
  }

  private Map<PhysicalTable, Optional<Snapshot>> read() {
    if (read == null) {
      Map<PhysicalTable, Optional<Snapshot>> all = new HashMap<>();
      warehouse
          .heads()
          .forEach((table, head) -> all.put(table, head.latest().map(Latest::snapshot)));
      read = all;
    }
    return read;
  }
}
