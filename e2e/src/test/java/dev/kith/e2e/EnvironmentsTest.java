package dev.kith.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.e2e.KithCommand.Outcome;
import dev.kith.lake.Release;
import dev.kith.lake.ReleaseEntry;
import dev.kith.lake.Warehouse;
import dev.kith.lake.WarehouseLocation;
import dev.kith.model.TableName;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Environments beside production: what they build, what they leave alone, and promotion. */
class EnvironmentsTest {

  private static final String COUNT = "SELECT count(*) AS n FROM pages";

  @TempDir static Path temporary;

  private static ProjectFolder published;
  private static int copies;

  private ProjectFolder project;

  @BeforeAll
  static void production() throws IOException {
    published = ShopProject.firstInput(temporary.resolve("published"));
    published.kith().succeed("run");
  }

  @BeforeEach
  void copy() throws IOException {
    project = published.copyTo(temporary.resolve("project-" + copies++));
  }

  @Test
  void buildsOnlyWhatDiffersAndReadsTheRestWithoutCopies() throws Exception {
    Map<String, String> production = ProductionState.of(project);
    changeLines();
    Outcome plan = project.kith().succeed("plan", "--env", "feature-x");
    assertThat(plan.out()).contains("lines").contains("definition changed");

    Outcome run = project.kith().succeed("run", "--env", "feature-x");

    Map<TableName, ReleaseEntry> mine = entries("feature-x");
    Map<TableName, ReleaseEntry> theirs = entries(Release.PRODUCTION);
    assertThat(mine.keySet()).isEqualTo(theirs.keySet());
    for (String name : new String[] {"orders", "visits", "customers", "pages", "products"}) {
      assertThat(mine.get(TableName.of(name))).isEqualTo(theirs.get(TableName.of(name)));
    }
    for (String name : new String[] {"lines", "customer"}) {
      assertThat(physical("feature-x", name)).as(run.all()).endsWith("__feature-x");
    }
    assertThat(spend("feature-x")).isEqualTo("249.00");
    assertThat(spend("prod")).isEqualTo("24.90");
    assertThat(ProductionState.of(project)).isEqualTo(production);
    assertThat(project.kith().succeed("run", "-e", "feature-x").out()).contains("up to date");
    assertThat(release("feature-x").sequence()).isEqualTo(1);
  }

  @Test
  void anEnvironmentReadsWhatProductionHasNow() throws Exception {
    changeLines();
    project.kith().succeed("run", "--env", "dev");
    String mine = read("tables/lines.sql");
    undoLines();
    ShopProject.moreVisits(project);
    project.kith().succeed("run");
    project.file("tables/lines.sql", mine);
    Map<String, String> production = ProductionState.of(project);

    project.kith().succeed("run", "--env", "dev");

    assertThat(entries("dev").get(TableName.of("visits")))
        .isEqualTo(entries("prod").get(TableName.of("visits")));
    assertThat(project.kith().with("KITH_ENV", "dev").succeed("query", "-f", "csv", COUNT).out())
        .contains("3");
    assertThat(ProductionState.of(project)).isEqualTo(production);
  }

  @Test
  void promotesTheVerySnapshotsThatWereTested() throws Exception {
    changeLines();
    project.kith().succeed("run", "--env", "feature-x");
    Map<TableName, ReleaseEntry> tested = entries("feature-x");

    Outcome promoted = project.kith().succeed("promote", "feature-x");

    assertThat(promoted.out()).contains("published customer, lines");
    assertThat(entries("prod")).isEqualTo(tested);
    assertThat(project.kith().succeed("run").out()).contains("Everything is up to date");
    assertThat(entries("prod")).isEqualTo(tested);
    assertThat(project.kith().succeed("promote", "feature-x").out()).contains("Nothing to promote");
  }

  @Test
  void afterAPromotionProductionGoesOnInTheTableAndTheEnvironmentInAnother() throws Exception {
    changeLines();
    project.kith().succeed("run", "--env", "dev");
    project.kith().succeed("promote", "dev");
    String promoted = physical("prod", "lines");
    assertThat(promoted).endsWith("__dev");
    project.file(
        "data/orders-9.csv",
        """
        order_id,customer_id,ordered_at,product,quantity,price
        9001,1,2020-02-22 11:20:00,Lamp,1,49.00
        """);
    assertThat(project.kith().succeed("run").out()).contains("lines");
    assertThat(physical("prod", "lines")).isEqualTo(promoted);
    project.replace("tables/lines.sql", "* 10 ", "* 100 ");
    Map<String, String> production = promotedState(promoted);

    project.kith().succeed("run", "--env", "dev");

    assertThat(physical("dev", "lines")).endsWith("__2_dev");
    assertThat(promotedState(promoted)).isEqualTo(production);
    project.kith().succeed("promote", "dev");
    assertThat(entries("prod")).isEqualTo(entries("dev"));
    assertThat(project.kith().succeed("run").out()).contains("Everything is up to date");
  }

  private Map<String, String> promotedState(String table) throws IOException {
    Map<String, String> files = new TreeMap<>();
    project
        .files(".kith/warehouse/tables/" + table)
        .forEach((name, size) -> files.put(name, size.toString()));
    return files;
  }

  @Test
  void refusesWhereProductionHasMovedAndWorksAfterARun() throws Exception {
    changeLines();
    project.kith().succeed("run", "--env", "dev");
    String mine = read("tables/lines.sql");
    undoLines();
    project.file(
        "data/orders-9.csv",
        """
        order_id,customer_id,ordered_at,product,quantity,price
        9001,1,2020-02-22 11:20:00,Lamp,1,49.00
        """);
    project.kith().succeed("run");
    project.file("tables/lines.sql", mine);
    Map<String, String> production = ProductionState.of(project);

    Outcome refused = project.kith().run("promote", "dev");

    assertThat(refused.exitCode()).as(refused.all()).isEqualTo(1);
    assertThat(refused.err())
        .contains("R019")
        .contains("'lines' was built from other rows of 'orders'")
        .contains("kith run --env dev");
    assertThat(ProductionState.of(project)).isEqualTo(production);
    project.kith().succeed("run", "--env", "dev");
    assertThat(ProductionState.of(project)).isEqualTo(production);
    project.kith().succeed("promote", "dev");
    assertThat(project.kith().succeed("run").out()).contains("Everything is up to date");
  }

  @Test
  void productionMayMoveWhereItDoesNotMatter() throws Exception {
    project.file("tables/big.sql", "SELECT order_id, quantity FROM orders WHERE quantity > 1");
    project.kith().succeed("run", "--env", "dev");
    project.delete("tables/big.sql");
    ShopProject.moreVisits(project);
    project.kith().succeed("run");
    project.file("tables/big.sql", "SELECT order_id, quantity FROM orders WHERE quantity > 1");

    project.kith().succeed("promote", "dev");

    assertThat(physical("prod", "big")).endsWith("__dev");
    assertThat(project.kith().succeed("query", "-f", "csv", COUNT).out()).contains("3");
    assertThat(project.kith().succeed("run").out()).contains("Everything is up to date");
  }

  @Test
  void namesThatTheEnvironmentDroppedGo() throws Exception {
    project.delete("tables/products.sql");
    project.kith().succeed("run", "--env", "dev");
    assertThat(entries("dev")).doesNotContainKey(TableName.of("products"));

    assertThat(project.kith().succeed("promote", "dev").out()).contains("removed products");

    assertThat(entries("prod")).doesNotContainKey(TableName.of("products"));
  }

  @Test
  void aNewSourceIsReadByTheEnvironmentAndGoesOnInProduction() throws Exception {
    Map<String, String> production = ProductionState.of(project);
    project
        .file(
            "sources/returns.yaml",
            "source: returns\nkind: events\nat: returned_at\nfrom: {files: data/returns*.csv}\n")
        .file("data/returns-1.csv", "order_id,returned_at\n1001,2020-02-01 10:00:00\n")
        .file("tables/returned.sql", "SELECT count(*) AS n FROM returns");
    project.kith().succeed("run", "--env", "dev");
    assertThat(ProductionState.of(project)).isEqualTo(production);

    project.kith().succeed("promote", "dev");

    assertThat(physical("prod", "returns")).endsWith("__dev");
    assertThat(project.kith().succeed("run").out()).contains("Everything is up to date");
    project.file("data/returns-2.csv", "order_id,returned_at\n1002,2020-02-02 10:00:00\n");
    project.kith().succeed("run");
    assertThat(project.kith().succeed("query", "-f", "csv", "SELECT n FROM returned").out())
        .contains("2");
    assertThat(physical("prod", "returns")).endsWith("__dev");
  }

  @Test
  void twoEnvironmentsAtOnceAndOneDropped() throws Exception {
    Map<String, String> production = ProductionState.of(project);
    changeLines();
    project.kith().succeed("run", "--env", "one");
    project.replace("tables/lines.sql", "* 10 ", "* 100 ");
    project.kith().succeed("run", "--env", "two");

    assertThat(spend("one")).isEqualTo("249.00");
    assertThat(spend("two")).isEqualTo("2490.00");
    assertThat(project.kith().succeed("env", "list").out()).contains("one:1 ").contains("two:1 ");
    project.kith().succeed("env", "drop", "one");
    assertThat(project.kith().succeed("env", "list").out()).doesNotContain("one:");
    assertThat(project.kith().run("query", "-e", "one", "SELECT 1 FROM lines").exitCode())
        .isEqualTo(1);
    assertThat(spend("two")).isEqualTo("2490.00");
    assertThat(ProductionState.of(project)).isEqualTo(production);
  }

  @Test
  void aSampleKeepsPeopleWholeAndIsNotPromoted() throws Exception {
    Map<String, String> production = ProductionState.of(project);
    project.replace(
        "kith.yaml",
        "threads: 1",
        "threads: 1\nenvironments: {small: {sample: {share: 50%, by: customer_id}}}");
    project.kith().succeed("run", "--env", "small");

    // md5 of 1, 2 and 3 begins with c4, c8 and ec: none of them is in the lower half.
    assertThat(count("small", "lines")).isEqualTo("0");
    project.replace("kith.yaml", "50%", "78%");
    project.kith().succeed("run", "--env", "small");
    assertThat(column("small", "SELECT customer_id FROM lines ORDER BY 1")).isEqualTo("1 1");
    assertThat(column("small", "SELECT customer_id FROM orders ORDER BY 1")).isEqualTo("1 1");
    assertThat(column("small", "SELECT customer_id FROM pages ORDER BY 1")).isEqualTo("1");
    assertThat(column("small", "SELECT customer_id FROM customer ORDER BY 1")).isEqualTo("1");
    assertThat(column("prod", "SELECT customer_id FROM customer ORDER BY 1")).isEqualTo("1 2 3");
    assertThat(spend("small")).isEqualTo("24.90");
    Outcome refused = project.kith().run("promote", "small");
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err()).contains("sample of the people");
    assertThat(ProductionState.of(project)).isEqualTo(production);
  }

  @Test
  void withoutTheSampleItsTablesAreStillNotPromoted() throws Exception {
    project.replace(
        "kith.yaml",
        "threads: 1",
        "threads: 1\nenvironments: {small: {sample: {share: 78%, by: customer_id}}}");
    project.kith().succeed("run", "--env", "small");
    project.replace(
        "kith.yaml", "\nenvironments: {small: {sample: {share: 78%, by: customer_id}}}", "");

    Outcome refused = project.kith().run("promote", "small");

    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err()).contains("was built by another definition");
  }

  @Test
  void aConnectionOfTheEnvironmentIsReadInsteadAndIsNotPromoted() throws Exception {
    try (EmbeddedPostgres server = EmbeddedPostgres.builder().start()) {
      String real = database(server, "real", "(1, 'Oslo')");
      String test = database(server, "test", "(1, 'Nowhere'), (2, 'Elsewhere')");
      String connection = "shop: {url: '%s', user: postgres}";
      project
          .replace(
              "kith.yaml",
              "threads: 1",
              "threads: 1\nconnections:\n  %s\nenvironments:\n  dev: {connections: {%s}}"
                  .formatted(connection.formatted(real), connection.formatted(test)))
          .file(
              "sources/places.yaml",
              "source: places\nkind: entity\nkey: id\nfrom: {connection: shop, table: places}\n")
          .file("tables/towns.sql", "SELECT name FROM places");
      project.kith().succeed("run");
      Map<String, String> production = ProductionState.of(project);

      project.kith().succeed("run", "--env", "dev");

      assertThat(column("dev", "SELECT name FROM towns ORDER BY 1")).isEqualTo("Elsewhere Nowhere");
      assertThat(column("prod", "SELECT name FROM towns")).isEqualTo("Oslo");
      Outcome refused = project.kith().run("promote", "dev");
      assertThat(refused.exitCode()).as(refused.all()).isEqualTo(1);
      assertThat(refused.err()).contains("'places' was read from elsewhere");
      assertThat(ProductionState.of(project)).isEqualTo(production);
    }
  }

  private static String database(EmbeddedPostgres server, String name, String rows)
      throws SQLException {
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    }
    String url = server.getJdbcUrl("postgres", name);
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE places (id integer PRIMARY KEY, name text)");
      statement.execute("INSERT INTO places VALUES " + rows);
    }
    return url;
  }

  @Test
  void anEnvironmentThatIsNotThereIsSaidSo() {
    Outcome outcome = project.kith().run("query", "--env", "nowhere", "SELECT 1 FROM lines");

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err()).contains("Cannot find an environment: nowhere");
    assertThat(project.kith().run("run", "--env", "No Where").exitCode()).isEqualTo(2);
  }

  private void changeLines() throws IOException {
    project.replace("tables/lines.sql", "quantity * price AS", "quantity * price * 10 AS");
  }

  private void undoLines() throws IOException {
    project.replace("tables/lines.sql", "price * 10 AS", "price AS");
  }

  private String read(String file) throws IOException {
    return Files.readString(project.path().resolve(file));
  }

  private String spend(String environment) {
    return column(environment, "SELECT amount FROM lines WHERE order_id = 1001");
  }

  private String count(String environment, String table) {
    return column(environment, "SELECT count(*) FROM " + table);
  }

  private String column(String environment, String sql) {
    return project
        .kith()
        .succeed("query", "--env", environment, "-f", "csv", sql)
        .out()
        .lines()
        .skip(1)
        .collect(Collectors.joining(" "));
  }

  /** The physical table that a name means in an environment's release. */
  private String physical(String environment, String name) {
    return release(environment).entry(TableName.of(name)).orElseThrow().table().name();
  }

  private Map<TableName, ReleaseEntry> entries(String environment) {
    return release(environment).entries();
  }

  private Release release(String environment) {
    WarehouseLocation location = WarehouseLocation.of(project.path(), Path.of(".kith/warehouse"));
    try (Warehouse warehouse = Warehouse.openExisting(location, Clock.systemUTC()).orElseThrow()) {
      return warehouse.releases().current(environment).orElseThrow();
    }
  }
}
