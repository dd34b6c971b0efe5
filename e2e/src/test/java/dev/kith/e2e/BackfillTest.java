package dev.kith.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.e2e.KithCommand.Outcome;
import dev.kith.lake.Release;
import dev.kith.lake.Warehouse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A range of days: a release for each, in order, none of them twice. */
class BackfillTest {

  private static final LocalDate FIRST = LocalDate.of(2020, 2, 15);
  private static final LocalDate LAST = LocalDate.of(2020, 2, 18);
  private static final String RANGE = FIRST + ".." + LAST;
  private static final int KILLED = 137;

  /** The profile, and a table that is made of it without knowing of days. */
  private static final String ROWS =
      "SELECT customer_id, as_of, spend, spend_30d, orders, pages, richest"
          + " FROM customer CROSS JOIN top ORDER BY customer_id";

  @TempDir Path temporary;
  private ProjectFolder project;

  @BeforeEach
  void shop() throws IOException {
    project = ShopProject.firstInput(temporary.resolve("shop"));
    project.file("tables/top.sql", "SELECT max(spend) AS richest FROM customer");
  }

  @Test
  void isAsOneRunForEachDay() throws IOException {
    ProjectFolder single = project.copyTo(temporary.resolve("single"));
    for (LocalDate day : FIRST.datesUntil(LAST.plusDays(1)).toList()) {
      single.kith().succeed("run", "--as-of", day.toString());
    }

    Outcome range = project.kith().succeed("run", "--as-of", RANGE);

    assertThat(range.out())
        .containsSubsequence("2020-02-15  1 of 4", "2020-02-18  4 of 4", "Built 4 days of 4 days");
    assertThat(range.out().split("3 rows from 1 file", -1))
        .as("customers are read once")
        .hasSize(2);
    assertThat(releases(project)).hasSize(4);
    assertThat(released(project)).isEqualTo(released(single)).doesNotHaveDuplicates();
    assertThat(Published.in(project.path())).isEqualTo(Published.in(single.path()));
    assertThat(project.kith().succeed("history").out()).contains("2020-02-15", "2020-02-18");
  }

  @Test
  void theSecondTimeNothingIsDone() throws IOException {
    project.kith().succeed("run", "--as-of", RANGE);
    List<String> before = releases(project);

    Outcome again = project.kith().succeed("run", "--as-of", RANGE);
    Outcome longer = project.kith().succeed("run", "--as-of", FIRST + ".." + LAST.plusDays(1));

    assertThat(again.out()).contains("Everything is up to date: all of 4 days");
    assertThat(longer.out()).contains("2020-02-19  1 of 1").contains("Built 1 day of 5 days");
    assertThat(releases(project)).hasSize(before.size() + 1).containsAll(before);
  }

  @ParameterizedTest
  @CsvSource({"ROWS_COMMITTED:1, 0", "TABLE_COMMITTED:6, 1", "RELEASE_INSERTED:2, 2"})
  void killedInTheMiddleItGoesOn(String failpoint, int done) throws Exception {
    ProjectFolder undisturbed = project.copyTo(temporary.resolve("undisturbed"));
    undisturbed.kith().succeed("run", "--as-of", RANGE);

    Outcome killed = project.kith().with("KITH_FAILPOINT", failpoint).fork("run", "--as-of", RANGE);
    assertThat(killed.exitCode()).as(killed.all()).isEqualTo(KILLED);
    assertThat(releases(project)).hasSize(done);
    Outcome rest = project.kith().succeed("run", "--as-of", RANGE);

    assertThat(rest.out()).contains(FIRST.plusDays(done) + "  1 of " + (4 - done));
    assertThat(releases(project)).hasSize(4);
    assertThat(released(project)).isEqualTo(released(undisturbed));
  }

  @Test
  void lateRowsAndOtherDefinitionsMakeDaysAnew() throws IOException {
    project.kith().succeed("run", "--as-of", RANGE);
    project.file(
        "data/orders-9.csv",
        """
        order_id,customer_id,ordered_at,product,quantity,price
        9001,1,2020-02-16 11:20:00,Lamp,1,49.00
        """);

    Outcome late = project.kith().succeed("run", "--as-of", RANGE);
    project.replace("profiles/customer.yaml", "pages: count(*)", "pages: count(distinct page)");
    Outcome redefined = project.kith().succeed("run", "--as-of", RANGE);

    assertThat(late.out()).contains("2020-02-15  1 of 4").contains("Built 4 days");
    assertThat(redefined.out()).contains("2020-02-15  1 of 4").contains("Built 4 days");
    ProjectFolder fresh = ShopProject.firstInput(temporary.resolve("fresh"));
    for (String file : List.of("data/orders-9.csv", "tables/top.sql", "profiles/customer.yaml")) {
      fresh.file(file, Files.readString(project.path().resolve(file)));
    }
    fresh.kith().succeed("run", "--as-of", RANGE);
    assertThat(released(project).subList(8, 12)).isEqualTo(released(fresh));
  }

  /**
   * Rows of which no profile is made leave the days as they are, and are published with the last.
   */
  @Test
  void whatNoDayIsMadeOfIsBuiltWithTheLast() throws IOException {
    project.kith().succeed("run", "--as-of", RANGE);
    project.file("tables/mugs.sql", "SELECT order_id FROM orders WHERE product = 'Mug'");

    Outcome run = project.kith().succeed("run", "--as-of", RANGE);

    assertThat(run.out()).contains("mugs").contains("Everything is up to date: all of 4 days");
    assertThat(releases(project)).hasSize(5);
    assertThat(project.kith().succeed("query", "-f", "csv", "SELECT count(*) FROM mugs").out())
        .contains("2");
  }

  @Test
  void readersAreGivenTheLastDayBack() throws IOException {
    project.kith().succeed("run", "--as-of", RANGE);
    project.kith().succeed("run", "--as-of", "2020-03-01");

    Outcome again = project.kith().succeed("run", "--as-of", RANGE);

    assertThat(again.out()).contains("2020-02-18  1 of 1");
    assertThat(released(project).get(5)).isEqualTo(released(project).get(3));
  }

  @Test
  void thePlanTellsTheDays() throws Exception {
    Outcome first = project.kith().succeed("plan", "--as-of", RANGE);
    assertThat(first.out()).contains("4 of 4 to build").contains("+ 2020-02-15..2020-02-18");
    project.kith().with("KITH_FAILPOINT", "RELEASE_INSERTED:2").fork("run", "--as-of", RANGE);

    Outcome plan = project.kith().succeed("plan", "--as-of", RANGE);
    Outcome json = project.kith().succeed("plan", "--as-of", RANGE, "-f", "json");

    assertThat(plan.out())
        .contains("as of 2020-02-17 00:00")
        .contains("· 2020-02-15..2020-02-16  done, releases 1 to 2")
        .contains("+ 2020-02-17..2020-02-18  to build");
    assertThat(json.out()).contains("\"day\" : \"2020-02-16\"").contains("\"release\" : \"prod-");
    project.kith().succeed("run", "--as-of", RANGE);
    assertThat(project.kith().succeed("plan", "--as-of", RANGE).out())
        .contains("0 of 4 to build")
        .contains("Everything is up to date");
  }

  @Test
  void someTablesInAnEnvironment() throws IOException {
    project.kith().succeed("run", "--as-of", "2020-02-22");
    List<String> production = releases(project);
    project.replace("profiles/customer.yaml", "pages: count(*)", "pages: count(distinct page)");

    Outcome run = project.kith().succeed("run", "-e", "dev", "-s", "customer", "--as-of", RANGE);
    Outcome again = project.kith().succeed("run", "-e", "dev", "-s", "customer", "--as-of", RANGE);

    assertThat(run.out()).contains("2020-02-18  4 of 4").doesNotContain("top");
    assertThat(again.out()).contains("Everything is up to date");
    assertThat(releases(project)).isEqualTo(production);
    assertThat(asOf("-e", "dev")).contains("2020-02-18");
    assertThat(asOf()).contains("2020-02-22");
    Outcome without =
        project.kith().succeed("run", "-e", "dev", "--exclude", "top", "--as-of", RANGE);
    assertThat(without.out()).contains("Everything is up to date");
  }

  @Test
  void aFullRefreshBuildsAllDays() throws IOException {
    project.kith().succeed("run", "--as-of", RANGE);

    Outcome again = project.kith().succeed("run", "--full-refresh", "--as-of", RANGE);

    assertThat(again.out()).contains("2020-02-15  1 of 4").contains("full refresh");
    assertThat(releases(project)).hasSize(8);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2020-02-18..2020-02-15 | ends before it begins",
        "2020-02-15.. | not a date such as 2026-01-31: ''",
        "2020-02-30..2020-03-01 | not a date such as 2026-01-31: '2020-02-30'",
        "yesterday | not a day or time such as 2026-01-31 or '2026-01-31 18:00': 'yesterday'"
      })
  void whatIsNoRangeIsRefused(String range, String message) {
    Outcome refused = project.kith().run("run", "--as-of", range);

    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err()).contains(message);
  }

  @Test
  void aRangeNeedsSomethingThatDependsOnTheDay() {
    Outcome refused = project.kith().run("run", "-s", "+pages", "--as-of", RANGE);

    assertThat(refused.exitCode()).as(refused.all()).isEqualTo(2);
    assertThat(refused.err()).contains("error[R020]").contains("depends on the day");
  }

  @Test
  void aRangeIsNotPinned() throws IOException {
    Outcome written = project.kith().run("plan", "--as-of", RANGE, "-o", "range.plan");
    project.kith().succeed("plan", "-o", "one.plan");
    Outcome applied = project.kith().run("run", "--as-of", RANGE, "--plan", "one.plan");

    assertThat(written.exitCode()).isEqualTo(2);
    assertThat(written.err()).contains("error[C014]");
    assertThat(applied.exitCode()).isEqualTo(2);
    assertThat(applied.err()).contains("error[C014]");
    assertThat(project.path().resolve("range.plan")).doesNotExist();
  }

  private String asOf(String... options) {
    List<String> arguments = new ArrayList<>(List.of("query", "-f", "csv"));
    arguments.addAll(List.of(options));
    arguments.add("SELECT DISTINCT as_of FROM customer");
    return project.kith().succeed(arguments.toArray(String[]::new)).out();
  }

  /** What readers saw of each release, in order. */
  private static List<String> released(ProjectFolder project) {
    List<String> rows = new ArrayList<>();
    for (int release = 1; release <= releases(project).size(); release++) {
      String number = Integer.toString(release);
      rows.add(project.kith().succeed("query", "-f", "csv", "--release", number, ROWS).out());
    }
    return rows;
  }

  private static List<String> releases(ProjectFolder project) {
    try (Warehouse warehouse =
        Warehouse.openExisting(RunRecords.location(project), Clock.systemUTC()).orElseThrow()) {
      return warehouse.releases().history(Release.PRODUCTION).stream().map(Release::id).toList();
    }
  }
}
