package dev.kith.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.kith.lake.RunLog;
import dev.kith.lake.RunRecord;
import dev.kith.lake.RunStep;
import dev.kith.lake.RunStep.Action;
import dev.kith.lake.RunStep.Status;
import dev.kith.lake.Warehouse;
import dev.kith.lake.WarehouseLocation;
import dev.kith.model.TableName;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is kept of runs, for those who look later. */
class RunRecordTest {

  @TempDir Path temporary;

  @Test
  void whatARunDidAboutEachTable() throws IOException {
    ProjectFolder project = ShopProject.firstInput(temporary.resolve("shop"));
    project.kith().succeed("run");

    assertThat(stepsOfTheLastRun(project))
        .extracting(RunStep::table, RunStep::action, RunStep::reason, RunStep::rows)
        .contains(
            tuple(TableName.of("orders"), Action.READ, "new rows from 2 files", 5L),
            tuple(TableName.of("products"), Action.BUILD, "never built", 3L))
        .hasSize(7);
    assertThat(stepsOfTheLastRun(project))
        .allSatisfy(
            step -> {
              assertThat(step.status()).isEqualTo(Status.SUCCEEDED);
              assertThat(step.bytesWritten()).isPositive();
              assertThat(step.duration()).isPositive();
            });

    ShopProject.moreVisits(project);
    project.kith().succeed("run");

    assertThat(stepsOfTheLastRun(project))
        .extracting(RunStep::table, RunStep::action, RunStep::reason, RunStep::rowsAdded)
        .contains(
            tuple(TableName.of("orders"), Action.KEEP, "up to date", 0L),
            tuple(TableName.of("visits"), Action.READ, "new rows from 1 file", 1L),
            tuple(TableName.of("pages"), Action.UPDATE, "visits changed", 1L));

    project.kith().succeed("run");

    assertThat(stepsOfTheLastRun(project))
        .hasSize(7)
        .extracting(RunStep::action)
        .containsOnly(Action.KEEP);
  }

  @Test
  void whatFailedAndWhatWasLeftForIt() throws IOException {
    ProjectFolder project = ShopProject.firstInput(temporary.resolve("shop"));
    project.replace("tables/lines.sql", "quantity * price", "error('no') :: decimal(10,2)");

    assertThat(project.kith().run("run", "--keep-going").exitCode()).isEqualTo(1);

    assertThat(stepsOfTheLastRun(project))
        .extracting(RunStep::table, RunStep::action, RunStep::status)
        .contains(
            tuple(TableName.of("pages"), Action.BUILD, Status.SUCCEEDED),
            tuple(TableName.of("lines"), Action.BUILD, Status.FAILED),
            tuple(TableName.of("customer"), Action.BUILD, Status.SKIPPED));
  }

  private static List<RunStep> stepsOfTheLastRun(ProjectFolder project) {
    return log(
        project,
        log -> {
          RunRecord last = log.recent(1).get(0);
          return log.steps(last.id());
        });
  }

  private static <T> T log(ProjectFolder project, Function<RunLog, T> question) {
    WarehouseLocation location =
        WarehouseLocation.of(project.path(), Path.of(".kith/warehouse"));
    try (Warehouse warehouse =
        Warehouse.openExisting(location, Clock.systemUTC()).orElseThrow()) {
      return question.apply(warehouse.runs());
    }
  }
}
