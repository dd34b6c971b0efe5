package dev.kith.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.kith.lake.RunRecord.Status;
import dev.kith.model.TableName;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunLogTest {

  private static final TableName ORDERS = TableName.of("orders");
  private static final TableName LINES = TableName.parse("sales.lines");

  @TempDir Path project;
  private LakeFixture lake;
  private RunLog runs;

  @BeforeEach
  void open() {
    lake = new LakeFixture(project);
    runs = lake.warehouse.runs();
  }

  @AfterEach
  void close() {
    lake.close();
  }

  @Test
  void aRunIsRememberedWithHowItEnded() {
    Instant asOf = Instant.parse("2026-02-28T00:00:00Z");
    runs.started(
        new RunStart(
            "one", "trial-1", "run --env trial-1", "anna", "0.1.0", "duckdb", Optional.empty()));
    runs.decided("one", asOf);
    runs.finished("one", RunEnd.succeeded(Optional.of("trial-1-000001-aa")));
    runs.started(LakeFixture.run("two"));
    runs.finished("two", RunEnd.failed(new RunRecord.Fault("L002", "Cannot write: disk")));
    runs.started(LakeFixture.run("three"));

    Instant now = LakeFixture.CLOCK.instant();
    assertThat(runs.recent(9))
        .extracting(RunRecord::id, RunRecord::status, RunRecord::finishedAt)
        .containsExactly(
            tuple("three", Status.RUNNING, Optional.empty()),
            tuple("two", Status.FAILED, Optional.of(now)),
            tuple("one", Status.SUCCEEDED, Optional.of(now)));
    assertThat(runs.recent(2).get(1).fault())
        .contains(new RunRecord.Fault("L002", "Cannot write: disk"));
    assertThat(runs.recent(9, Optional.of("trial-1")))
        .containsExactly(
            new RunRecord(
                "one",
                "trial-1",
                "run --env trial-1",
                "anna",
                now,
                Optional.of(now),
                Status.SUCCEEDED,
                Optional.of(asOf),
                Optional.of("trial-1-000001-aa"),
                Optional.empty(),
                "0.1.0",
                "duckdb"));
  }

  @Test
  void stepsAreRememberedInOrder() {
    RunStep first = step("one", LINES, RunStep.Action.BUILD, RunStep.Status.SUCCEEDED, 7);
    RunStep second = step("one", ORDERS, RunStep.Action.KEEP, RunStep.Status.SUCCEEDED, 0);
    runs.step(first);
    runs.step(second);
    runs.step(step("two", ORDERS, RunStep.Action.READ, RunStep.Status.FAILED, 1));

    assertThat(runs.steps("one")).containsExactly(first, second);
  }

  @Test
  void theLastBuildsOfEveryTableAreThoseThatDidWork() {
    for (int run = 1; run <= 4; run++) {
      runs.step(step("run-" + run, ORDERS, RunStep.Action.UPDATE, RunStep.Status.SUCCEEDED, run));
      runs.step(step("run-" + run, LINES, RunStep.Action.KEEP, RunStep.Status.SUCCEEDED, 0));
      runs.step(step("run-" + run, ORDERS, RunStep.Action.BUILD, RunStep.Status.FAILED, 99));
    }

    Map<TableName, List<RunStep>> builds = runs.builds(2);

    assertThat(builds).containsOnlyKeys(ORDERS);
    assertThat(builds.get(ORDERS))
        .extracting(RunStep::run, step -> step.duration().toMillis())
        .containsExactly(tuple("run-4", 4L), tuple("run-3", 3L));
  }

  private static RunStep step(
      String run, TableName table, RunStep.Action action, RunStep.Status status, long millis) {
    return new RunStep(
        run,
        table,
        action,
        "input advanced",
        status,
        20,
        10,
        2,
        1,
        4096,
        Duration.ofMillis(millis));
  }
}
