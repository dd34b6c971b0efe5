package dev.kith.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.kith.e2e.KithCommand.Forked;
import dev.kith.e2e.KithCommand.Outcome;
import dev.kith.lake.RunRecord.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whoever presses Ctrl-C gets back what they had, and the next run goes on from there. */
class StopTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path temporary;
  private ProjectFolder project;
  private Map<String, List<String>> before;

  @BeforeEach
  void publish() throws IOException {
    project = ShopProject.firstInput(temporary.resolve("shop"));
    project.kith().succeed("run");
    before = Published.in(project.path()).orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({"INT, 130", "TERM, 143"})
  void aRunEndsWithTheStatementThatItIsAt(String signal, int exitCode) throws Exception {
    slowTable();
    try (Forked run = project.kith().start("run")) {
      awaitEvent("\"table\":\"slow\"");

      send(signal, run);
      Instant sent = Instant.now();
      Outcome outcome = run.await();

      assertThat(Duration.between(sent, Instant.now())).isLessThan(Duration.ofSeconds(15));
      assertThat(outcome.exitCode()).as(outcome.all()).isEqualTo(exitCode);
      assertThat(outcome.err())
          .contains("Stopping")
          .contains("Stopped; nothing was published")
          .doesNotContain("error");
    }
    assertThat(Published.in(project.path())).contains(before);
    assertThat(project.files(".kith/tmp")).isEmpty();
    assertThat(RunRecords.last(project).status()).isEqualTo(Status.INTERRUPTED);

    project.delete("tables/slow.sql");
    ShopProject.moreVisits(project);
    assertThat(project.kith().succeed("run").out()).contains("Published release 2");
  }

  /** A database that does not answer holds even a run that has been asked to stop. */
  @Test
  void theSecondTimeItEndsAtOnce() throws Exception {
    try (FlakyServer silent = FlakyServer.silent()) {
      project
          .replace(
              "kith.yaml",
              "as_of: data",
              "as_of: data\nconnections:\n  mute: {url: \"jdbc:postgresql://localhost:%d/x\"}"
                  .formatted(silent.port()))
          .file(
              "sources/mute.yaml",
              """
              source: mute
              kind: entity
              key: id
              columns: {id: bigint}
              from: {connection: mute, table: x}
              """);
      try (Forked run = project.kith().start("run")) {
        awaitEvent("\"event\":\"began\"");
        Thread.sleep(2000);
        send("INT", run);
        Thread.sleep(1000);
        assertThat(run.process().isAlive()).isTrue();

        send("INT", run);

        Instant sent = Instant.now();
        assertThat(run.await().exitCode()).isEqualTo(130);
        assertThat(Duration.between(sent, Instant.now())).isLessThan(Duration.ofSeconds(5));
      }
    }
    assertThat(Published.in(project.path())).contains(before);
    project.delete("sources/mute.yaml");
    assertThat(project.kith().succeed("run").out()).contains("Everything is up to date");
  }

  @Test
  void whoeverWaitsForAnotherRunNeedNotWaitToStop() throws Exception {
    try (LeaseHeld other = LeaseHeld.of(project);
        Forked run = project.kith().start("run", "--wait", "10m")) {
      awaitText(run.err(), "Waiting: ");

      send("TERM", run);

      Outcome outcome = run.await();
      assertThat(outcome.exitCode()).as(outcome.all()).isEqualTo(143);
    }
  }

  /** Years of work for any machine. */
  private void slowTable() throws IOException {
    StringBuilder sql = new StringBuilder("SELECT sum(sin(a.quantity");
    String names = "abcdefghijklmnopqrstuvwxyz";
    for (char name : names.substring(1).toCharArray()) {
      sql.append(" * ").append(name).append(".quantity");
    }
    sql.append(")) AS total FROM orders a");
    for (char name : names.substring(1).toCharArray()) {
      sql.append(" CROSS JOIN orders ").append(name);
    }
    project.file("tables/slow.sql", sql.toString());
  }

  private static void send(String signal, Forked run) throws Exception {
    long pid = run.process().pid();
    assumeFalse(isIgnored(signal, pid), "whoever started the tests lets " + signal + " be ignored");
    assertThat(new ProcessBuilder("kill", "-" + signal, "" + pid).inheritIO().start().waitFor())
        .isZero();
  }

  /** A shell starts commands in the background so that Ctrl-C does not reach them. */
  private static boolean isIgnored(String signal, long pid) throws IOException {
    Path status = Path.of("/proc/" + pid + "/status");
    if (!Files.exists(status)) {
      return false;
    }
    String mask =
        Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("SigIgn:"))
            .map(line -> line.substring("SigIgn:".length()).strip())
            .findFirst()
            .orElse("0");
    int number = signal.equals("INT") ? 2 : 15;
    return (Long.parseUnsignedLong(mask, 16) >> (number - 1) & 1) == 1;
  }

  private void awaitEvent(String text) throws Exception {
    try (Stream<Path> files = Files.list(project.path().resolve(".kith/logs"))) {
      assertThat(files.count()).isPositive();
    }
    Instant end = Instant.now().plus(PATIENCE);
    while (!newestLog().contains(text)) {
      assertThat(Instant.now()).as("waiting for " + text).isBefore(end);
      Thread.sleep(20);
    }
  }

  private String newestLog() throws IOException {
    try (Stream<Path> files = Files.list(project.path().resolve(".kith/logs"))) {
      List<Path> all = files.sorted().toList();
      return all.size() < 2 ? "" : Files.readString(all.get(all.size() - 1));
    }
  }

  private static void awaitText(Path file, String text) throws Exception {
    Instant end = Instant.now().plus(PATIENCE);
    while (!Files.readString(file).contains(text)) {
      assertThat(Instant.now()).as("waiting for " + text).isBefore(end);
      Thread.sleep(20);
    }
  }
}
