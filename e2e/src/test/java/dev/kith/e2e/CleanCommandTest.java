package dev.kith.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.e2e.KithCommand.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Old releases go as kith.yaml says, and a lost database comes back. */
class CleanCommandTest {

  @TempDir static Path shared;
  @TempDir Path temporary;

  private static ProjectFolder built;
  private ProjectFolder project = new ProjectFolder(Path.of("."));

  @BeforeAll
  static void build() throws IOException {
    built =
        ShopProject.firstInput(shared.resolve("built"))
            .replace("kith.yaml", "threads: 1", "threads: 1\nkeep: 30d\nkeep_releases: 1");
    built.kith().succeed("run");
    ShopProject.secondInput(built);
    built.kith().succeed("run");
  }

  @BeforeEach
  void copy() throws IOException {
    project = built.copyTo(temporary.resolve("project"));
  }

  @Test
  void releasesThatAreNotOldEnoughStay() {
    assertThat(in(29, "clean").out()).doesNotContain("prod-000001-");
    assertThat(project.kith().succeed("ls", "--release", "1").exitCode()).isZero();
  }

  @Test
  void oldReleasesGoAndTheRestStaysReadable() throws IOException {
    Map<String, List<String>> rows = Published.withoutOrigins(project.path());
    TreeMap<String, Long> files = project.files(".kith/warehouse");

    Outcome wouldGo = in(31, "clean", "--grace", "0", "--dry-run");
    assertThat(wouldGo.out())
        .contains("prod-000001-")
        .contains("the whole table")
        .contains("Would free ");
    assertThat(project.files(".kith/warehouse")).isEqualTo(files);

    Outcome gone = in(31, "clean", "--grace", "0");
    assertThat(gone.out())
        .isEqualTo(
            wouldGo.out().replace("Would free", "Freed").replace("; 'kith clean' does it", ""));
    assertThat(rowBytes(project.files(".kith/warehouse"))).isLessThan(rowBytes(files));
    assertThat(Published.withoutOrigins(project.path())).isEqualTo(rows);
    assertThat(project.kith().run("query", "select 1", "--release", "1").err())
        .contains("error[R015]: Cannot find a release of 'prod': 1")
        .contains("release 2 is kept");
    assertThat(in(31, "clean", "--grace", "0").out()).isEqualTo("Nothing to free\n");
    assertThat(project.kith().succeed("run").out()).contains("Everything is up to date");
  }

  @Test
  void whatCameOfChecksGoesWithItsRun() throws IOException {
    project
        .replace("tables/lines.sql", "quantity * price", "quantity * price * 2")
        .replace(
            "tables/lines.sql",
            "at: ordered_at\n",
            "at: ordered_at\nchecks:\n  - {range: {amount: {max: 30}}, severity: warn}\n");
    project.kith().succeed("run");
    List<String> ofTheRelease = checks();
    project.kith().succeed("check");
    List<String> both = checks();
    String samples = ofTheRelease.get(2);

    assertThat(in(29, "clean", "--grace", "0").out()).doesNotContain("of old runs");
    assertThat(in(31, "clean", "--grace", "0", "--dry-run").out())
        .contains("checks  1 result and " + samples + " rows at fault of old runs")
        .contains("Would free more than ");
    assertThat(checks()).isEqualTo(both);
    assertThat(in(31, "clean", "--grace", "0", "--format", "json").out())
        .contains("\"check_results\" : 1", "\"check_samples\" : " + samples);

    assertThat(checks()).isEqualTo(ofTheRelease);
    assertThat(in(31, "clean", "--grace", "0").out()).isEqualTo("Nothing to free\n");
    assertThat(in(70, "clean", "--grace", "0").out()).isEqualTo("Nothing to free\n");
  }

  /** How many results there are, and how many rows at fault, below the columns' names. */
  private List<String> checks() {
    String sql =
        "SELECT unnest([(SELECT count(*) FROM kith_checks),"
            + " (SELECT count(*) FROM kith_check_samples)]) AS n";
    return project.kith().succeed("query", sql, "--format", "csv").out().lines().toList();
  }

  @Test
  void aLostDatabaseIsMadeAnewAndEverythingGoesOn() throws IOException {
    Map<String, List<String>> rows = Published.withoutOrigins(project.path());
    for (String file : List.of("kith.db", "kith.db-wal", "kith.db-shm")) {
      Files.deleteIfExists(project.path().resolve(".kith").resolve(file));
    }

    Outcome lost = project.kith().run("query", "select 1");
    assertThat(lost.err()).contains("error[L005]").contains("kith repair");
    assertThat(project.kith().succeed("repair").out()).contains("and 2 releases");

    assertThat(Published.withoutOrigins(project.path())).isEqualTo(rows);
    assertThat(project.kith().succeed("diff", "previous", "current").out()).contains("products");
    assertThat(project.kith().succeed("run").out()).contains("Everything is up to date");
    assertThat(project.kith().succeed("repair").out()).contains("nothing to mend");
    project.kith().succeed("rollback");
  }

  private Outcome in(int days, String... command) {
    Instant then = Instant.now().plus(Duration.ofDays(days));
    return project.kith().at(Clock.fixed(then, ZoneOffset.UTC)).succeed(command);
  }

  private static long rowBytes(Map<String, Long> files) {
    return files.entrySet().stream()
        .filter(file -> file.getKey().endsWith(".parquet"))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }
}
