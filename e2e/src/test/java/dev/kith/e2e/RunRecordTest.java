package dev.kith.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.kith.e2e.KithCommand.Outcome;
import dev.kith.lake.RunStep;
import dev.kith.lake.RunStep.Action;
import dev.kith.lake.RunStep.Status;
import dev.kith.model.TableName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is kept of runs, for those who look later. */
class RunRecordTest {

  private static final JsonMapper JSON = new JsonMapper();

  @TempDir Path temporary;

  @Test
  void whatARunDidAboutEachTable() throws IOException {
    ProjectFolder project = ShopProject.firstInput(temporary.resolve("shop"));
    project.kith().succeed("run");

    assertThat(RunRecords.stepsOfTheLast(project))
        .extracting(RunStep::table, RunStep::action, RunStep::reason, RunStep::rows)
        .contains(
            tuple(TableName.of("orders"), Action.READ, "new rows from 2 files", 5L),
            tuple(TableName.of("products"), Action.BUILD, "never built", 3L))
        .hasSize(7);
    assertThat(RunRecords.stepsOfTheLast(project))
        .allSatisfy(
            step -> {
              assertThat(step.status()).isEqualTo(Status.SUCCEEDED);
              assertThat(step.bytesWritten()).isPositive();
              assertThat(step.duration()).isPositive();
            });

    ShopProject.moreVisits(project);
    project.kith().succeed("run");

    assertThat(RunRecords.stepsOfTheLast(project))
        .extracting(RunStep::table, RunStep::action, RunStep::reason, RunStep::rowsAdded)
        .contains(
            tuple(TableName.of("orders"), Action.KEEP, "up to date", 0L),
            tuple(TableName.of("visits"), Action.READ, "new rows from 1 file", 1L),
            tuple(TableName.of("pages"), Action.UPDATE, "visits changed", 1L));

    project.kith().succeed("run");

    assertThat(RunRecords.stepsOfTheLast(project))
        .hasSize(7)
        .extracting(RunStep::action)
        .containsOnly(Action.KEEP);
  }

  @Test
  void whatFailedAndWhatWasLeftForIt() throws IOException {
    ProjectFolder project = ShopProject.firstInput(temporary.resolve("shop"));
    project.replace("tables/lines.sql", "quantity * price", "error('no') :: decimal(10,2)");

    assertThat(project.kith().run("run", "--keep-going").exitCode()).isEqualTo(1);

    assertThat(RunRecords.stepsOfTheLast(project))
        .extracting(RunStep::table, RunStep::action, RunStep::status)
        .contains(
            tuple(TableName.of("pages"), Action.BUILD, Status.SUCCEEDED),
            tuple(TableName.of("lines"), Action.BUILD, Status.FAILED),
            tuple(TableName.of("customer"), Action.BUILD, Status.SKIPPED));
  }

  @Test
  void everyEventIsALineOfTheRunsLogFile() throws IOException {
    ProjectFolder project = ShopProject.firstInput(temporary.resolve("shop"));
    project.kith().succeed("run");

    List<JsonNode> lines = log(project);

    String run = RunRecords.last(project).id();
    assertThat(lines)
        .allSatisfy(
            line -> {
              assertThat(line.path("run").asText()).isEqualTo(run);
              assertThat(Instant.parse(line.path("time").asText())).isBefore(Instant.now());
            });
    assertThat(lines)
        .extracting(line -> line.path("event").asText())
        .startsWith("began", "planned", "started", "ingested")
        .endsWith("published", "ended");
    JsonNode read =
        lines.stream()
            .filter(line -> line.path("event").asText().equals("ingested"))
            .toList()
            .get(1);
    assertThat(read.path("table").asText()).isEqualTo("orders");
    assertThat(read.path("added").asLong()).isEqualTo(5);
    assertThat(read.path("rejected").asLong()).isEqualTo(1);
  }

  @Test
  void aFaultIsInTheLogWithoutPeoplesData() throws IOException {
    ProjectFolder project = ShopProject.firstInput(temporary.resolve("shop"));
    project.file("tables/wrong.sql", "SELECT name :: integer AS number FROM customers");

    Outcome outcome = project.kith().run("run");

    assertThat(outcome.err()).containsPattern("Anna|Bo|두리").contains("log: .kith/logs/");
    List<JsonNode> lines = log(project);
    assertThat(lines.toString()).doesNotContain("Anna", "Bo", "두리").contains("E001");
    assertThat(lines.get(lines.size() - 1).path("event").asText()).isEqualTo("failed");
    assertThat(lines)
        .filteredOn(line -> line.path("event").asText().equals("table_failed"))
        .extracting(line -> line.path("table").asText())
        .containsExactly("wrong");
  }

  @Test
  void theLogsOfTheLastHundredRunsAreKept() throws IOException {
    ProjectFolder project = ShopProject.firstInput(temporary.resolve("shop"));
    for (int day = 100; day < 220; day++) {
      project.file(".kith/logs/20200101T000%d-12345678.jsonl".formatted(day), "{}\n");
    }
    project.kith().succeed("run");

    assertThat(project.files(".kith/logs"))
        .hasSize(100)
        .doesNotContainKey(".kith/logs/20200101T000120-12345678.jsonl")
        .containsKey(".kith/logs/20200101T000121-12345678.jsonl");
  }

  @Test
  void aRunThatCannotHaveALogGoesWithout() throws IOException {
    ProjectFolder project = ShopProject.firstInput(temporary.resolve("shop"));
    project.file(".kith/logs", "a file where a folder should be");

    assertThat(project.kith().succeed("run").out()).contains("Published release 1");
  }

  private static List<JsonNode> log(ProjectFolder project) throws IOException {
    String file = project.files(".kith/logs").lastKey();
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(project.path().resolve(file))) {
      lines.add(JSON.readTree(line));
    }
    return lines;
  }
}
