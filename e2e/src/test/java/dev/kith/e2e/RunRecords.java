package dev.kith.e2e;

import dev.kith.lake.RunLog;
import dev.kith.lake.RunRecord;
import dev.kith.lake.RunStep;
import dev.kith.lake.Warehouse;
import dev.kith.lake.WarehouseLocation;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.function.Function;

/** What a project's warehouse remembers of its runs. */
final class RunRecords {

  private RunRecords() {}

  static RunRecord last(ProjectFolder project) {
    return from(project, log -> log.recent(1).get(0));
  }

  static List<RunStep> stepsOfTheLast(ProjectFolder project) {
    return from(project, log -> log.steps(log.recent(1).get(0).id()));
  }

  static WarehouseLocation location(ProjectFolder project) {
    return WarehouseLocation.of(project.path(), Path.of(".kith/warehouse"));
  }

  private static <T> T from(ProjectFolder project, Function<RunLog, T> question) {
    try (Warehouse warehouse =
        Warehouse.openExisting(location(project), Clock.systemUTC()).orElseThrow()) {
      return question.apply(warehouse.runs());
    }
  }
}
