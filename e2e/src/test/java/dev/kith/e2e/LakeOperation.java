package dev.kith.e2e;

import dev.kith.lake.CleanPolicy;
import dev.kith.lake.CleanReport;
import dev.kith.lake.PhysicalTable;
import dev.kith.lake.Release;
import dev.kith.lake.ReleaseEntry;
import dev.kith.lake.RunLease;
import dev.kith.lake.Warehouse;
import dev.kith.lake.WarehouseLocation;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;

/** What is done to a warehouse beside runs, in a process of its own that can be killed. */
final class LakeOperation {

  private LakeOperation() {}

  /** Does to the project in the second argument what the first says. */
  public static void main(String[] arguments) {
    ProjectFolder project = new ProjectFolder(Path.of(arguments[1]));
    switch (arguments[0]) {
      case "clean" -> {
        var unused = clean(project);
      }
      case "repair" -> repair(project);
      default -> throw new IllegalArgumentException(arguments[0]);
    }
  }

  /** All but what the current release needs. */
  static CleanReport clean(ProjectFolder project) {
    try (Warehouse warehouse = open(project);
        RunLease lease = warehouse.leases().acquire("clean", Duration.ofMinutes(1))) {
      lease.check();
      Set<PhysicalTable> wanted =
          warehouse.releases().current(Release.PRODUCTION).orElseThrow().entries().values().stream()
              .map(ReleaseEntry::table)
              .collect(Collectors.toSet());
      return warehouse.clean(new CleanPolicy(Duration.ZERO, 1, wanted, Duration.ZERO, false));
    }
  }

  static void repair(ProjectFolder project) {
    WarehouseLocation location = RunRecords.location(project);
    var unused = Warehouse.repair(location, Clock.systemUTC(), Duration.ofMinutes(1));
  }

  private static Warehouse open(ProjectFolder project) {
    return Warehouse.open(RunRecords.location(project), Clock.systemUTC());
  }
}
