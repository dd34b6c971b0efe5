package dev.kith.e2e;

import dev.kith.lake.RunLease;
import dev.kith.lake.Warehouse;
import java.time.Duration;

/** A project's lease in the hands of somebody else. */
record LeaseHeld(Warehouse warehouse, RunLease lease) implements AutoCloseable {

  static LeaseHeld of(ProjectFolder project) {
    Warehouse warehouse = Warehouse.open(RunRecords.location(project), java.time.Clock.systemUTC());
    return new LeaseHeld(warehouse, warehouse.leases().acquire("run", Duration.ZERO));
  }

  @Override
  public void close() {
    lease.close();
    warehouse.close();
  }
}
