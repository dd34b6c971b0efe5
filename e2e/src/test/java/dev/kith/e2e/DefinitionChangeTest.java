package dev.kith.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.kith.e2e.KithCommand.Outcome;
import dev.kith.lake.Release;
import dev.kith.lake.Warehouse;
import dev.kith.lake.WarehouseLocation;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a change of definition does: a test for each row of the table in
 * docs/explanation/what-a-change-does.md, by the plan and by the snapshots after the run. Two
 * tables read {@code lines}: {@code totals} uses its amounts, {@code days} only when they were;
 * {@code loyal} reads of the profile how many orders there were, but not their amounts.
 */
class DefinitionChangeTest {

  @TempDir static Path shared;
  @TempDir Path temporary;

  private static ProjectFolder built;
  private ProjectFolder project = new ProjectFolder(Path.of("."));

  @BeforeAll
  static void build() throws IOException {
    built = project(shared.resolve("built"));
    built.kith().succeed("run");
  }

  @BeforeEach
  void copy() throws IOException {
    project = built.copyTo(temporary.resolve("project"));
  }

  @Test
  void descriptionOwnerTagsCommentsAndLayoutDoNothing() throws IOException {
    project
        .replace("tables/days.sql", "description: When there were orders.", "owner: crm")
        .replace("tables/days.sql", "tags: [calendar]", "tags: [daily]")
        .replace("tables/days.sql", "SELECT DISTINCT", "-- days\nselect  distinct")
        .replace("profiles/customer.yaml", "key: customer_id", "key: customer_id # theirs");

    assertThat(plan().path("up_to_date").asBoolean()).isTrue();
    assertThat(changedByRun()).isEmpty();
  }

  @Test
  void checksRun() throws IOException {
    project.replace(
        "tables/totals.sql", "  - not_null: [customer_id]", "  - unique: [customer_id]");

    assertThat(stage("totals").path("action").asText()).isEqualTo("keep");
    assertThat(stage("totals").path("checks").asInt()).isEqualTo(1);
    assertThat(project.kith().succeed("plan").out())
        .contains("its 1 check run: what they ask for has changed")
        .contains("Nothing to build; 'kith run' runs 1 check");
    assertThat(changedByRun()).isEmpty();
    assertThat(
            project
                .kith()
                .succeed(
                    "query", "SELECT check_name, status FROM kith_checks ORDER BY ALL", "-f", "csv")
                .out()
                .lines())
        .containsExactly(
            "check_name,status", "not_null customer_id,passed", "unique customer_id,passed");
    assertThat(plan().path("up_to_date").asBoolean()).isTrue();
  }

  @Test
  void aTablesSqlBuildsItAndWhatDependsOnItsChangedColumns() throws IOException {
    project.replace("tables/lines.sql", "quantity * price AS", "quantity * price * 2 AS");

    assertThat(stage("lines").path("reason").asText()).isEqualTo("definition_changed");
    assertThat(stage("lines").path("change").path("consequence").asText())
        .isIn("table", "new_table");
    assertThat(stage("totals").path("reason").asText()).isEqualTo("inputs_changed");
    assertThat(stage("days").path("action").asText()).isEqualTo("keep");
    assertThat(stage("days").path("unaffected_by").toString()).isEqualTo("[\"lines\"]");
    assertThat(project.kith().succeed("plan").out())
        .contains("uses no changed column of lines")
        .contains("+ SELECT order_id, customer_id, ordered_at, quantity * price * 2 AS amount");
    assertThat(changedByRun()).containsExactly("customer", "lines", "totals");
    assertThat(changedByRun()).isEmpty();
  }

  @Test
  void aNewColumnOfATableBuildsNothingElse() throws IOException {
    project.replace("tables/lines.sql", "SELECT order_id,", "SELECT product, order_id,");

    assertThat(changedByRun()).containsExactly("lines");
    assertThat(changedByRun()).isEmpty();
    ShopProject.secondInput(project);
    assertThat(changedByRun()).contains("days", "totals");
    assertThat(Published.withoutOrigins(project.path())).isEqualTo(fromNothing());
  }

  @Test
  void otherRowsBuildAllThatReadsThem() throws IOException {
    project.replace("tables/lines.sql", "FROM orders", "FROM orders WHERE quantity < 4");

    assertThat(changedByRun()).contains("lines", "totals", "days", "customer");
    assertThat(Published.withoutOrigins(project.path())).isEqualTo(fromNothing());
  }

  @Test
  void oneMeasureIsThatColumn() throws IOException {
    project.replace("profiles/customer.yaml", "spend: sum(amount)", "spend: max(amount)");

    JsonNode customer = stage("customer");
    assertThat(customer.path("change").path("consequence").asText()).isIn("columns", "new_table");
    assertThat(customer.path("change").path("parts").findValuesAsText("name"))
        .containsExactly("spend_30d", "spend");
    assertThat(customer.path("change").path("columns_that_stay").asInt()).isEqualTo(6);
    assertThat(customer.path("why").asText())
        .isEqualTo("definition changed: spend_30d, spend; 6 columns stay");
    assertThat(changedByRun()).containsExactly("customer");
    assertThat(changedByRun()).isEmpty();
  }

  @Test
  void oneMetricIsThatColumn() throws IOException {
    project.replace(
        "profiles/customer.yaml",
        "measures:",
        "metrics:\n  per_order: spend / nullif(orders, 0)\nmeasures:");

    assertThat(stage("customer").path("change").path("parts").findValuesAsText("name"))
        .containsExactly("per_order");
    assertThat(changedByRun()).containsExactly("customer");
  }

  @Test
  void oneAttributeIsThatColumn() throws IOException {
    project.replace("profiles/customer.yaml", "[name, country]", "[country]");

    assertThat(project.kith().succeed("plan").out()).contains("− name: attribute name");
    assertThat(changedByRun()).containsExactly("customer");
  }

  @Test
  void aProfileDoesNotChangeWithColumnsThatItDoesNotUse() throws IOException {
    project.replace("tables/pages.sql", "upper(page) AS page", "upper(page) AS page, 1 AS one");

    assertThat(stage("customer").path("action").asText()).isEqualTo("keep");
    assertThat(changedByRun()).containsExactly("pages");
    assertThat(changedByRun()).isEmpty();
  }

  @Test
  void readingOptionsConcernNewRowsOnly() throws IOException {
    project.replace("sources/orders.yaml", "{min: 1}", "{min: 2}");

    assertThat(stage("orders").path("definition_changed").asBoolean()).isTrue();
    assertThat(stage("orders").path("change").path("consequence").asText()).isEqualTo("new_rows");
    assertThat(project.kith().succeed("plan").out())
        .contains("definition changed: new rows only, what was read before stays")
        .contains("require: ");
    project.file(
        "data/orders-4.csv",
        """
        order_id,customer_id,ordered_at,product,quantity,price
        4001,1,2020-03-03 11:20:00,Teapot,1,24.90
        4002,1,2020-03-03 11:20:00,Teapot,2,24.90
        """);
    List<String> before = orders();
    project.kith().succeed("run");
    assertThat(orders()).containsAll(before).hasSize(before.size() + 1).contains("4002");
  }

  private List<String> orders() {
    String sql = "SELECT order_id FROM orders";
    return project.kith().succeed("query", sql, "-f", "csv").out().lines().toList();
  }

  @Test
  void anotherTypeKeyOrAtIsANewPhysicalTable() throws IOException {
    Map<String, String> before = physicalTables();

    project.replace("tables/totals.sql", "sum(amount)", "CAST(sum(amount) AS DOUBLE)");
    assertThat(stage("totals").path("change").path("consequence").asText()).isEqualTo("new_table");
    assertThat(changedByRun()).containsExactly("totals");
    project.replace("tables/days.sql", "tags: [calendar]", "key: day");
    assertThat(stage("days").path("change").path("consequence").asText()).isEqualTo("new_table");
    assertThat(changedByRun()).containsExactly("days");
    project.replace("tables/pages.sql", "at: visited_at\n", "");
    project.replace("tables/pages.sql", "visit_id, customer_id", "visit_id AS id, customer_id");
    project.replace("tables/pages.sql", "mode: append", "at: visited_at\nmode: append\nkey: id");
    project.kith().succeed("run");

    Map<String, String> after = physicalTables();
    assertThat(after)
        .extractingByKeys("totals", "days", "pages")
        .doesNotContainAnyElementsOf(before.values());
    assertThat(after.get("lines")).isEqualTo(before.get("lines"));
  }

  @Test
  void anotherTypeWhoseRawInputIsGoneIsAnError() throws IOException {
    project
        .delete("data/orders-1.csv")
        .replace("sources/orders.yaml", ", on_removed_file: delete", "");
    project.replace("sources/orders.yaml", "decimal(10,2)", "decimal(12,2)");
    Map<String, String> before = versions();

    Outcome outcome = project.kith().run("run");

    assertThat(outcome.exitCode()).as(outcome.all()).isEqualTo(1);
    assertThat(outcome.err())
        .contains(
            "Cannot read 'orders' anew for its changed definition: data/orders-1.csv is gone");
    assertThat(versions()).isEqualTo(before);
  }

  @Test
  void anotherVersionOfKithIsRecordedAndBuildsNothing() throws Exception {
    Path jar = AnotherKith.jar(temporary.resolve("kith.jar"), "9.8.7", true);

    Outcome plan = project.kith().behind(jar).fork("plan");
    Map<String, String> before = versions();
    Outcome run = project.kith().behind(jar).fork("run");

    assertThat(plan.out()).as(plan.all()).contains("up to date").doesNotContain("  + ");
    assertThat(run.out()).as(run.all()).contains("Everything is up to date");
    assertThat(versions()).isEqualTo(before);
    assertThat(RunRecords.last(project).kithVersion()).isEqualTo("9.8.7");
    assertThat(RunRecords.last(project).engineVersion()).matches("DuckDB \\d+[.].*");
  }

  @Test
  void anotherSemanticsOfTheCompilerBuildsAllThatIsCompiled() throws Exception {
    Path jar = AnotherKith.jar(temporary.resolve("kith.jar"), "9.8.7", false);
    Map<String, String> before = versions();

    Outcome run = project.kith().behind(jar).fork("run");

    assertThat(run.exitCode()).as(run.all()).isZero();
    assertThat(changedSince(before))
        .contains("customer", "days", "lines", "loyal", "pages", "products", "totals");
    before = versions();
    project.kith().behind(jar).fork("run");
    assertThat(changedSince(before)).isEmpty();
  }

  @Test
  void anEnvironmentIsPromotedBesideWhatUsesNoChangedColumn() throws IOException {
    Map<String, String> before = versions();
    project.replace("tables/lines.sql", "SELECT order_id,", "SELECT product, order_id,");

    project.kith().succeed("run", "--env", "dev");
    project.kith().succeed("promote", "dev");

    Map<String, String> after = versions();
    assertThat(after.get("lines")).isNotEqualTo(before.get("lines")).contains("__dev");
    assertThat(after.get("days")).isEqualTo(before.get("days"));
    assertThat(after.get("totals")).isEqualTo(before.get("totals"));
    assertThat(changedByRun()).isEmpty();
  }

  /** A small project, not run yet. */
  static ProjectFolder project(Path path) throws IOException {
    return ShopProject.firstInput(path)
        .file(
            "tables/totals.sql",
            """
                /* kith:
                key: customer_id
                checks:
                  - not_null: [customer_id]
                */
                SELECT customer_id, sum(amount) AS total FROM lines GROUP BY customer_id
                """)
        .file(
            "tables/days.sql",
            """
                /* kith:
                description: When there were orders.
                tags: [calendar]
                */
                SELECT DISTINCT CAST(ordered_at AS DATE) AS day FROM lines
                """)
        .file(
            "tables/loyal.sql",
            "SELECT customer_id FROM customer WHERE orders > 1 AND country IS NOT NULL\n");
  }

  private JsonNode plan() {
    try {
      return new JsonMapper().readTree(project.kith().succeed("plan", "-f", "json").out());
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  private JsonNode stage(String table) {
    for (JsonNode stage : plan().path("stages")) {
      if (stage.path("table").asText().equals(table)) {
        return stage;
      }
    }
    throw new AssertionError("Cannot find in the plan: " + table);
  }

  /** Names whose snapshots are others after a run. */
  private SortedSet<String> changedByRun() {
    Map<String, String> before = versions();
    project.kith().succeed("run");
    return changedSince(before);
  }

  private SortedSet<String> changedSince(Map<String, String> before) {
    SortedSet<String> changed = new TreeSet<>();
    versions()
        .forEach(
            (name, version) -> {
              if (!version.equals(before.get(name)) && !name.startsWith("orders")) {
                changed.add(name);
              }
            });
    return changed;
  }

  private Map<String, String> versions() {
    Map<String, String> versions = new TreeMap<>();
    current()
        .entries()
        .forEach((name, entry) -> versions.put(name.toString(), entry.version().toString()));
    return versions;
  }

  private Map<String, String> physicalTables() {
    Map<String, String> tables = new TreeMap<>();
    current().entries().forEach((name, entry) -> tables.put(name.toString(), entry.table().name()));
    return tables;
  }

  private Release current() {
    Path folder = project.path().resolve(".kith");
    try (Warehouse warehouse =
        Warehouse.openExisting(
                WarehouseLocation.of(project.path(), Path.of(".kith/warehouse")), Clock.systemUTC())
            .orElseThrow(() -> new AssertionError("Cannot find a warehouse in " + folder))) {
      return warehouse.releases().current(Release.PRODUCTION).orElseThrow();
    }
  }

  /** What readers of a new project with these definitions and data see. */
  private Map<String, List<String>> fromNothing() throws IOException {
    ProjectFolder fresh = project.copyTo(temporary.resolve("fresh"));
    new ProjectFolder(fresh.path().resolve(".kith")).deleteAll();
    fresh.kith().succeed("run");
    return Published.withoutOrigins(fresh.path());
  }
}
