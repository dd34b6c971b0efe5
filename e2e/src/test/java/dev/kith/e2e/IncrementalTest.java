package dev.kith.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run does what is out of date, and no more. */
class IncrementalTest {

  @TempDir static Path shared;
  @TempDir Path temporary;

  private static ProjectFolder built;
  private ProjectFolder project = new ProjectFolder(Path.of("."));

  @BeforeAll
  static void build() throws IOException {
    built =
        ShopProject.firstInput(shared.resolve("built"))
            .file(
                "tables/by_order.sql",
                """
                /* kith:
                key: order_id
                mode: by_key
                */
                SELECT order_id, upper(product) AS product FROM orders
                """);
    built.kith().succeed("run");
  }

  @BeforeEach
  void copy() throws IOException {
    project = built.copyTo(temporary.resolve("project"));
  }

  @Test
  void nothingToDoCommitsNothing() throws Exception {
    TreeMap<String, Long> files = project.files(".kith/warehouse");
    List<String> metadata = metadata();

    assertThat(run()).containsExactly("Everything is up to date");

    assertThat(project.files(".kith/warehouse")).isEqualTo(files);
    assertThat(metadata()).isEqualTo(metadata).hasSizeGreaterThan(10);
  }

  @Test
  void newRowsArePickedUpOnceAndDuplicatesDropped() throws IOException {
    ShopProject.moreVisits(project);

    assertThat(run())
        .containsExactly(
            "visits 1 row from 1 file, 1 duplicate",
            "pages 3 rows (+1) visits changed",
            "customer 3 rows (+1 −1) pages changed",
            "Published release 2");
    assertThat(run()).containsExactly("Everything is up to date");
  }

  @Test
  void changesOfAnInputChangeWhatDiffers() throws IOException {
    project.file(
        "data/orders-3.csv",
        """
        order_id,customer_id,ordered_at,product,quantity,price
        3001,2,2020-02-25 10:00:00,Mug,6,6.20
        """);

    assertThat(run())
        .containsExactly(
            "orders 1 row from 1 file",
            "by_order 6 rows (+1) orders changed",
            "lines 6 rows (+1) orders changed",
            "customer 3 rows (+1 −1) lines changed",
            "products 3 rows (+1 −1) orders changed",
            "Published release 2");
  }

  @Test
  void eachReleaseTellsWhatChangedInAProfile() throws IOException {
    String changes = "select * from customer_changes order by all";
    assertThat(csv(changes))
        .containsExactly("customer_id,change,changed_columns", "1,added,", "2,added,", "3,added,");

    ShopProject.moreVisits(project);
    run();

    assertThat(csv(changes))
        .containsExactly("customer_id,change,changed_columns", "3,changed,\"[\"\"pages\"\"]\"");

    project
        .replace("profiles/customer.yaml", "attributes: [name, country]", "attributes: [name]")
        .replace("profiles/customer.yaml", "from: customers", "from: {keys_of: [lines]}")
        .replace("profiles/customer.yaml", "attributes: [name]\n", "")
        .replace("profiles/customer.yaml", "pages: count(*)", "pages: count(*), n: count(*)");
    run();

    assertThat(
            csv("select unnest(changed_columns) as c, count(*) from customer_changes group by 1"))
        .contains("n,3", "name,3", "country,3")
        .hasSize(4);
  }

  @Test
  void wordsAboutDefinitionsBuildNothing() throws IOException {
    project
        .replace("tables/products.sql", "key: product", "key: product\ndescription: What is sold.")
        .replace("tables/pages.sql", "upper(page)", "upper( page ) -- louder\n")
        .replace("sources/visits.yaml", "kind: events", "kind: events\nowner: web team")
        .replace("profiles/customer.yaml", "key: customer_id", "key: customer_id\ntags: [crm]");

    assertThat(run()).containsExactly("Everything is up to date");
  }

  @Test
  void otherReadingOptionsAreForNewRowsOnly() throws IOException {
    project.replace("sources/orders.yaml", "min: 1", "min: 2");

    assertThat(run()).containsExactly("Everything is up to date");
  }

  @Test
  void anotherQueryBuildsItsTableAndWhatDependsOnIt() throws IOException {
    project.replace("tables/lines.sql", "quantity * price AS", "abs(quantity) * price AS");

    assertThat(run())
        .containsExactly(
            "lines 5 rows (+5 −5) definition changed: amount; 3 columns stay",
            "customer 3 rows (+3 −3) lines changed",
            "Published release 2");
  }

  @Test
  void aNewMeasureBuildsItsProfile() throws IOException {
    project.replace("profiles/customer.yaml", "orders: count(*)", "orders: count(*), n: count(*)");

    assertThat(run())
        .containsExactly(
            "customer 3 rows definition changed: n_30d, n; 8 columns stay", "Published release 2");
    assertThat(csv("select max(n) as most from customer")).containsExactly("most", "2");
  }

  @Test
  void anotherTypeMakesANewPhysicalTable() throws IOException {
    assertThat(physicalTables("pages")).hasSize(1);
    project.replace("tables/pages.sql", "upper(page) AS page", "length(page) AS page");

    assertThat(run()) // the profile does not use the column
        .containsExactly(
            "pages 2 rows definition changed: page; 3 columns stay", "Published release 2");
    assertThat(physicalTables("pages")).hasSize(2);
  }

  @Test
  void aRenamedColumnKeepsItsValues() throws IOException {
    ShopProject.moreVisits(project);
    project
        .replace("data/visits-2.ndjson", "\"page\"", "\"site\"")
        .replace("tables/pages.sql", "upper(page)", "upper(site)")
        .replace(
            "sources/visits.yaml",
            "kind: events",
            "kind: events\ncolumns: {site: {renamed_from: page}}")
        .replace("profiles/customer.yaml", "country", "land")
        .replace(
            "sources/customers.yaml",
            "kind: entity",
            "kind: entity\ncolumns: {land: {renamed_from: country}}")
        .file(
            "data/customers-2.csv",
            """
            customer_id,name,land,changed_at
            1,Anna,Germany,2020-01-02 09:00:00
            2,Bo,Denmark,2020-02-20 08:00:00
            """);

    assertThat(run()).contains("visits 1 row from 1 file, 1 duplicate");

    assertThat(csv("select visit_id, site from visits order by 1"))
        .containsExactly("visit_id,site", "a,home", "b,mugs", "c,home");
    assertThat(csv("select customer_id as id, land from customers_history order by 1, valid_from"))
        .containsExactly("id,land", "1,Germany", "2,Sweden", "2,Denmark", "3,Korea");
    assertThat(run()).containsExactly("Everything is up to date");
  }

  @Test
  void aNewCheckRunsAndBuildsNothing() throws IOException {
    project.replace(
        "tables/products.sql", "key: product", "key: product\nchecks: [unique: product]");
    assertThat(run()).doesNotContain("products");
    project.replace("tables/products.sql", "unique: product", "unique: orders");

    KithCommand.Outcome outcome = project.kith().run("run");

    assertThat(outcome.exitCode()).as(outcome.all()).isEqualTo(3);
    assertThat(outcome.err()).contains("products").contains("unique");
  }

  @Test
  void anotherInstantBuildsProfilesOnly() {
    assertThat(run("--as-of", "2020-02-01"))
        .containsExactly(
            "customer 3 rows (+3 −3) as of 2020-02-22 00:00 → 2020-02-01 00:00",
            "Published release 2");
    assertThat(run("--as-of", "2020-02-01")).containsExactly("Everything is up to date");
  }

  @Test
  void filesThatAreGoneAreAWarning() throws IOException {
    try (Stream<Path> files = Files.list(project.path().resolve("data"))) {
      for (Path file : files.filter(each -> each.toString().endsWith(".ndjson")).toList()) {
        Files.delete(file);
      }
    }

    KithCommand.Outcome outcome = project.kith().succeed("run");

    assertThat(outcome.out()).contains("Everything is up to date");
    assertThat(outcome.err())
        .contains("sources/visits.yaml:5:")
        .contains("no file matches 'data/visits*.ndjson' any more");
  }

  @Test
  void withoutAnyEventProfilesAreAsOfToday() throws IOException {
    project.replace(
        "sources/visits.yaml",
        "{files: data/visits*.ndjson}",
        "{files: data/visits*.ndjson, on_removed_file: delete}");
    try (Stream<Path> files = Files.list(project.path().resolve("data"))) {
      for (Path file : files.filter(file -> !file.endsWith("customers-1.csv")).toList()) {
        Files.delete(file);
      }
    }
    Clock morning = Clock.fixed(Instant.parse("2021-06-01T09:00:00Z"), ZoneOffset.UTC);

    assertThat(project.kith().at(morning).succeed("run").out())
        .contains("Published release 2, as of 2021-06-01 00:00");
    Clock evening = Clock.offset(morning, Duration.ofHours(8));
    assertThat(project.kith().at(evening).succeed("run").out())
        .contains("Everything is up to date");
  }

  @Test
  void aFullRefreshBuildsAllAgainAndChangesNoRow() {
    var before = Published.in(project.path());

    assertThat(run("--full-refresh"))
        .hasSize(6)
        .anyMatch(line -> line.startsWith("products 3 rows") && line.endsWith("full refresh"));

    assertThat(Published.in(project.path())).isEqualTo(before);
  }

  private List<String> csv(String query) {
    return project.kith().succeed("query", query, "-f", "csv").out().lines().toList();
  }

  private List<String> physicalTables(String name) throws IOException {
    return project.files(".kith/warehouse/tables").keySet().stream()
        .map(file -> Path.of(file).getName(3).toString())
        .filter(table -> table.startsWith(name + "_"))
        .distinct()
        .toList();
  }

  private List<String> run(String... options) {
    List<String> arguments = new ArrayList<>(List.of("run"));
    arguments.addAll(List.of(options));
    String out = project.kith().succeed(arguments.toArray(String[]::new)).out();
    return out.lines()
        .filter(line -> !line.strip().startsWith("·"))
        .map(
            line ->
                line.replaceAll("( in)? +[0-9.,]+ ?m?s$", "")
                    .replaceAll(", as of .*", "")
                    .replace("✓", "")
                    .strip()
                    .replaceAll(" +", " "))
        .toList();
  }

  /** The rows of the metadata database, but for the log of runs. */
  private List<String> metadata() throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Connection database =
            DriverManager.getConnection("jdbc:sqlite:" + project.path().resolve(".kith/kith.db"));
        Statement statement = database.createStatement()) {
      List<String> tables = new ArrayList<>();
      try (ResultSet found =
          statement.executeQuery("SELECT name FROM sqlite_master WHERE type = 'table'")) {
        while (found.next()) {
          tables.add(found.getString(1));
        }
      }
      for (String table : tables) {
        String name = table.toLowerCase(Locale.ROOT);
        if (!name.contains("run") && !name.equals("kith_lease")) {
          rows.addAll(rows(statement, table));
        }
      }
    }
    return rows.stream().sorted().collect(Collectors.toList());
  }

  private static List<String> rows(Statement statement, String table) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (ResultSet found = statement.executeQuery("SELECT * FROM " + table)) {
      while (found.next()) {
        StringBuilder row = new StringBuilder(table);
        for (int column = 1; column <= found.getMetaData().getColumnCount(); column++) {
          row.append(" | ").append(found.getString(column));
        }
        rows.add(row.toString());
      }
    }
    return rows;
  }
}
