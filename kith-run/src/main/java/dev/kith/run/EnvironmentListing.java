package dev.kith.run;

import dev.kith.lake.Environment;
import dev.kith.lake.PhysicalTable;
import dev.kith.lake.Release;
import dev.kith.lake.ReleaseEntry;
import dev.kith.lake.Warehouse;
import dev.kith.run.plan.Basis;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Describes the environments of a warehouse. */
final class EnvironmentListing {

  private final Warehouse warehouse;

  EnvironmentListing(Warehouse warehouse) {
    this.warehouse = warehouse;
  }

  List<EnvironmentInfo> all() {
    return warehouse.releases().environments().stream().map(this::info).toList();
  }

  private EnvironmentInfo info(Environment environment) {
    Optional<Release> release = warehouse.releases().current(environment.name());
    return new EnvironmentInfo(
        environment.name(),
        environment.release(),
        environment.publishedAt(),
        release.flatMap(Release::base),
        environment.expiresAt(),
        release.map(this::bytes).orElse(0L));
  }

  private long bytes(Release release) {
    Basis basis = Basis.of(warehouse.releases(), release.environment());
    Map<PhysicalTable, Long> bytes = new HashMap<>();
    for (ReleaseEntry entry : release.entries().values()) {
      if (basis.isProduction() || basis.isOwn(entry.table())) {
        bytes.put(
            entry.table(),
            warehouse.table(entry.table()).snapshot(entry.snapshotId()).totals().bytes());
      }
    }
    return bytes.values().stream().mapToLong(Long::longValue).sum();
  }
}
