package dev.kith.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.e2e.KithCommand.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A dataset that is a table: planned, built, selected, checked, released and followed as others.
 */
class DatasetTableTest {

  private static final String BUYERS =
      """
      dataset: buyers
      rows: SELECT customer_id, moment AS as_of, note FROM moments
      features: [customer.spend, customer.country]
      labels:
        - from: lines
          next: [1d, 10d]
          define:
            orders: count(*)
          derive: {lost: orders = 0}
      table: true
      """;

  private static final String ROWS = "select * from buyers order by all";

  /** By hand: the newest line is of 2020-02-21 16:45, and unfinished windows are NULL. */
  private static final List<String> EXPECTED =
      List.of(
          "customer_id,as_of,note,exists,spend,country,orders_next_1d,orders_next_10d,lost_next_1d,"
              + "lost_next_10d",
          "1,2020-02-11T16:45:00Z,a,true,24.90,Germany,0,1,true,false",
          "1,2020-02-11T16:45:01Z,b,true,24.90,Germany,0,,true,",
          "1,2020-02-20T11:20:00Z,c,true,24.90,Germany,1,,false,",
          "1,2020-02-20T11:20:01Z,d,true,73.90,Germany,0,,true,",
          "2,2020-01-06T16:45:00Z,e,true,,Sweden,1,1,false,false",
          "9,2020-02-01T00:00:00Z,f,false,,,,,,");

  @TempDir private static Path shared;
  private static ProjectFolder built;

  @TempDir private Path temporary;
  private ProjectFolder shop = new ProjectFolder(Path.of("."));

  @BeforeAll
  static void publish() throws IOException {
    built =
        ShopProject.firstInput(shared.resolve("built"))
            .file(
                "sources/moments.yaml",
                """
                source: moments
                kind: events
                at: moment
                from: {files: data/moments*.csv}
                """)
            .file(
                "data/moments.csv",
                """
                customer_id,moment,note
                1,2020-02-11 16:45:00,a
                1,2020-02-11 16:45:01,b
                1,2020-02-20 11:20:00,c
                1,2020-02-20 11:20:01,d
                2,2020-01-06 16:45:00,e
                9,2020-02-01 00:00:00,f
                """)
            .file("datasets/buyers.yaml", BUYERS);
    built.kith().succeed("run");
  }

  @BeforeEach
  void copy() throws IOException {
    shop = built.copyTo(temporary.resolve("shop"));
  }

  @Test
  void itsRowsAreInTheRelease() {
    assertThat(rows(ROWS)).isEqualTo(EXPECTED);
    assertThat(shop.kith().succeed("ls").out()).containsPattern("buyers +dataset +6 ");
    assertThat(shop.kith().succeed("asof", "buyers", "-f", "csv").out().lines())
        .as("asked for, it is the same")
        .containsExactlyInAnyOrderElementsOf(EXPECTED);
  }

  @Test
  void whatItDoesNotUseLeavesItAsItIs() throws IOException {
    ShopProject.moreVisits(shop);
    shop.replace("datasets/buyers.yaml", "table: true", "table: true\ndescription: of buyers");
    shop.replace("profiles/customer.yaml", "pages: count(*)", "pages: count(distinct page)");

    assertThat(shop.kith().succeed("plan").out())
        .containsPattern("customer +definition changed")
        .containsPattern("buyers +up to date");
    shop.kith().succeed("run");
    assertThat(shop.kith().succeed("plan", "--as-of", "2020-03-01").out())
        .containsPattern("customer +as of 2020-02-22")
        .containsPattern("buyers +up to date");
  }

  @Test
  void newEventsOfItsFeaturesLabelsAndRowsBuildItAnew() throws IOException {
    shop.file(
        "data/orders-3.csv",
        """
        order_id,customer_id,ordered_at,product,quantity,price
        3001,2,2020-01-07 09:00:00,Mug,1,6.50
        3002,3,2020-03-01 09:00:00,Mug,1,6.50
        """);
    shop.kith().succeed("run", "--select", "orders+", "--exclude", "buyers");
    assertThat(shop.kith().succeed("plan").out()).containsPattern("buyers +lines changed");
    shop.kith().succeed("run");

    assertThat(rows(ROWS))
        .contains(
            "1,2020-02-11T16:45:01Z,b,true,24.90,Germany,0,1,true,false", // its window is over now
            "2,2020-01-06T16:45:00Z,e,true,,Sweden,2,2,false,false");
    shop.file("data/moments-2.csv", "customer_id,moment,note\n3,2020-02-16,g\n");
    assertThat(shop.kith().succeed("run").out())
        .containsPattern("lines +up to date")
        .containsPattern("buyers +7 rows .* moments changed");
    assertThat(rows(ROWS)).hasSize(8).anyMatch(row -> row.startsWith("3,2020-02-16T00:00:00Z,g"));
  }

  @Test
  void aPersonWhoseHistoryChangedIsAsTheHistorySays() throws IOException {
    shop.file(
        "data/customers-2.csv",
        "customer_id,name,country,changed_at\n1,Anna,Austria,2020-02-15 00:00:00\n");
    shop.kith().succeed("run");

    assertThat(rows("select as_of, country from buyers where customer_id = 1 order by 1"))
        .containsExactly(
            "as_of,country",
            "2020-02-11T16:45:00Z,Germany",
            "2020-02-11T16:45:01Z,Germany",
            "2020-02-20T11:20:00Z,Austria",
            "2020-02-20T11:20:01Z,Austria");
  }

  @Test
  void whatADefinitionSaysIsCompared() throws IOException {
    shop.replace("datasets/buyers.yaml", "orders: count(*)", "orders: count(distinct order_id)");
    assertThat(shop.kith().succeed("plan").out())
        .containsPattern("buyers +definition changed: orders_next_1d, orders_next_10d");

    shop.replace("datasets/buyers.yaml", "[1d, 10d]", "[1d, 5d]");
    assertThat(shop.kith().succeed("plan").out())
        .contains("+ orders_next_5d BIGINT", "− orders_next_10d");

    shop.file("datasets/buyers.yaml", BUYERS);
    shop.replace("profiles/customer.yaml", "spend: sum(amount)", "spend: max(amount)");
    assertThat(shop.kith().succeed("plan").out())
        .containsPattern("customer +definition changed")
        .containsPattern("buyers +definition changed: spend");

    shop.file("datasets/buyers.yaml", BUYERS + "tags: training\n");
    shop.kith().succeed("run", "--select", "tag:training");
    assertThat(rows("select spend from buyers where note = 'd'")).containsExactly("spend", "49.00");
  }

  @Test
  void aDatasetThatIsNoTableAnyMoreLeavesTheRelease() throws IOException {
    shop.file("datasets/buyers.yaml", BUYERS.replace("table: true", "table: false"));
    shop.kith().succeed("run");

    assertThat(shop.kith().run("query", ROWS).err())
        .contains("there is no source, table or profile 'buyers'");
    assertThat(shop.kith().succeed("asof", "buyers", "-f", "csv").out().lines())
        .containsExactlyInAnyOrderElementsOf(EXPECTED);
    assertThat(shop.kith().succeed("lineage", "buyers").out()).startsWith("buyers  dataset\n");
  }

  @Test
  void itIsHeldToItsChecks() throws IOException {
    shop.file(
        "datasets/buyers.yaml",
        BUYERS
            + """
            checks:
              - unique: [customer_id, as_of]
              - accepted_values: {country: [Germany]}
            """);
    Outcome outcome = shop.kith().run("run");

    assertThat(outcome.exitCode()).as(outcome.all()).isEqualTo(3);
    assertThat(outcome.all()).contains("buyers", "Sweden");
    shop.replace("datasets/buyers.yaml", "[Germany]", "[Germany, Sweden]");
    shop.kith().succeed("run");
    assertThat(shop.kith().succeed("checks", "suggest", "buyers").out())
        .contains("beside the checks that 'buyers' has", "not_null");
  }

  @Test
  void itsColumnsAreFollowedToTheirSources() {
    assertThat(shop.kith().succeed("lineage", "buyers.orders_next_10d").out())
        .contains("count(*) over 10d", "lines.ordered_at (window)", "moments.moment");
    assertThat(shop.kith().succeed("lineage", "buyers.spend").out())
        .contains("└─ lines.amount", "orders.price", "from data/orders*.csv");
    assertThat(shop.kith().succeed("lineage", "orders.price", "--downstream").out())
        .contains("buyers.spend");
    assertThat(shop.kith().succeed("lineage", "buyers").out())
        .startsWith("buyers  dataset\n")
        .contains("customers  source", "lines  table", "moments  source");
  }

  @Test
  void tablesReadIt() throws IOException {
    shop.file(
        "tables/training.sql",
        "SELECT customer_id, lost_next_1d AS lost FROM buyers WHERE lost_next_1d IS NOT NULL");
    shop.kith().succeed("run");

    assertThat(rows("select count(*) as n, count(*) filter (lost) as lost from training"))
        .containsExactly("n,lost", "5,3");
  }

  @Test
  void testsOfDefinitionsExpectItsRows() throws IOException {
    shop.file(
        "tests/buyers.yaml",
        """
        test: an order at the instant is a label's
        given:
          customers: [{customer_id: 1, country: Malta, changed_at: 2020-01-01}]
          lines:
            - {customer_id: 1, ordered_at: 2020-01-05, amount: 2.50}
            - {customer_id: 1, ordered_at: 2020-01-09, amount: 5.00}
            - {customer_id: 1, ordered_at: 2020-02-09, amount: 5.00}
          moments: [{customer_id: 1, moment: 2020-01-09}]
        expect:
          buyers:
            rows: [{customer_id: 1, spend: 2.50, orders_next_1d: 1, lost_next_10d: false}]
            partial: true
        """);

    Outcome outcome = shop.kith().run("test");
    assertThat(outcome.exitCode()).as(outcome.all()).isZero();
  }

  @Test
  void whatCannotBeATableIsRefusedBeforeARun() throws IOException {
    assertThat(
            refused(
                BUYERS.replace(
                    "SELECT customer_id, moment AS as_of, note FROM moments",
                    "{file: data/moments.csv}")))
        .contains("error[P017]: a table of rows from a file");
    assertThat(refused(BUYERS.replace("table: true", "checks: [{unique: [customer_id]}]")))
        .contains("error[P017]: checks of a dataset that no run builds");
    assertThat(refused(BUYERS.replace("note FROM", "note AS Spend FROM")))
        .contains("error[A001]: two columns are named 'Spend'");
    assertThat(refused(BUYERS + "known: then\n"))
        .contains("error[A003]: what was known then of 'lines'");

    shop.file("datasets/buyers.yaml", BUYERS)
        .replace("profiles/customer.yaml", "from: lines", "from: buyers");
    assertThat(shop.kith().run("validate").err())
        .contains("error[P015]: 'buyers' is a dataset, and no table of events");

    shop.replace("profiles/customer.yaml", "from: buyers", "from: lines")
        .replace("tables/pages.sql", "FROM visits", "FROM visits WHERE visited_at < :as_of")
        .replace("tables/pages.sql", "mode: append\n", "at_safe: true\n");
    shop.file("datasets/buyers.yaml", BUYERS.replace("customer.country", "customer.pages"));
    assertThat(shop.kith().run("validate").err())
        .contains("error[A004]: what 'pages' was at another instant cannot be told");
  }

  private String refused(String dataset) throws IOException {
    shop.file("datasets/buyers.yaml", dataset);
    Outcome outcome = shop.kith().run("validate");
    assertThat(outcome.exitCode()).as(outcome.all()).isEqualTo(1);
    return outcome.err();
  }

  private List<String> rows(String sql) {
    return shop.kith().succeed("query", "-f", "csv", sql).out().lines().toList();
  }
}
