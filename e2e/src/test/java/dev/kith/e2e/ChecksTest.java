package dev.kith.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.e2e.KithCommand.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Checks hold back what is wrong, and what they found can be looked at. */
class ChecksTest {

  private static final String SALES =
      """
      /* kith:
      key: order_id
      at: ordered_at
      mode: append
      checks: []
      */
      SELECT order_id, customer_id, email, ordered_at, product, quantity, price, status FROM orders
      """;

  @TempDir static Path shared;
  @TempDir Path temporary;

  private static ProjectFolder built;
  private ProjectFolder project = new ProjectFolder(Path.of("."));

  @BeforeAll
  static void build() throws IOException {
    built =
        ProjectFolder.at(shared.resolve("built"))
            .file(
                "kith.yaml",
                """
                kith: 1
                name: shop
                timezone: Europe/London
                as_of: data
                threads: 1
                """)
            .file(
                "sources/orders.yaml",
                """
                source: orders
                kind: events
                at: ordered_at
                id: order_id
                from: {files: data/orders*.csv}
                columns:
                  price: decimal(10,2)
                  email: {type: varchar, pii: true}
                """)
            .file(
                "sources/customers.yaml",
                """
                source: customers
                kind: entity
                key: customer_id
                from: {files: data/customers.csv}
                """)
            .file("tables/sales.sql", SALES)
            .file(
                "tables/totals.sql",
                """
                /* kith:
                key: product
                */
                SELECT product, sum(quantity) AS sold FROM sales GROUP BY product
                """)
            .file(
                "profiles/customer.yaml",
                """
                profile: customer
                key: customer_id
                from: {keys_of: [sales]}
                measures:
                  - from: sales
                    define: {orders: count(*), spend: sum(quantity * price)}
                """)
            .file(
                "data/customers.csv",
                """
                customer_id,country
                1,Germany
                2,Sweden
                3,Korea
                """)
            .file(
                "data/orders-1.csv",
                """
                order_id,customer_id,email,ordered_at,product,quantity,price,status
                1001,1,anna@x.org,2026-02-20 11:20:00,Teapot,1,24.90,paid
                1002,2,bo@x.org,2026-02-21 16:45:00,Mug,4,6.50,paid
                1003,2,bo@x.org,2026-02-22 09:10:00,Lantern,2,18.00,paid
                1004,3,duri@x.org,2026-02-23 20:05:00,Mug,2,6.50,cancelled
                1005,2,bo@x.org,2026-02-24 13:00:00,Mug,6,6.20,paid
                1006,1,anna@x.org,2026-02-25 08:30:00,Lantern,1,18.00,paid
                1007,,,2026-02-26 10:00:00,Teapot,1,24.90,paid
                1008,1,anna@x.org,2026-02-28 10:00:00,Mug,2,6.20,paid
                """);
    built.kith().succeed("run");
  }

  @BeforeEach
  void copy() throws IOException {
    project = built.copyTo(temporary.resolve("project"));
  }

  private static final String KINDS =
      """
      not_null: order_id        | not_null: [order_id, customer_id] | 1 of 8 rows: 'customer_id' is NULL in 1 | 1
      unique: [product, ordered_at] | unique: product | 8 of 8 rows share their product with another | 8
      accepted_values: {status: [paid, cancelled]} | accepted_values: {status: paid} | 1 of 8 rows: 'status' is not an accepted value | 1
      range: {quantity: {min: 1, max: 6}} | range: {quantity: {min: 2, max: 5}} | 4 of 8 rows: 'quantity' is below 2 in 3, 'quantity' is above 5 in 1 | 4
      matches: {product: '[A-Z][a-z]+'} | matches: {product: '[MT].*'} | 2 of 8 rows: 'product' does not match [MT].* | 2
      relationship: {columns: customer_id, to: customers} | relationship: {columns: order_id, to: customer, to_columns: customer_id} | 8 of 8 rows: 'order_id' is not in 'customer' | 8
      row_count: {min: 8, max: 8, change: 0%} | row_count: {min: 9, max: 20} | 8 rows; at least 9 are expected | 0
      freshness: {column: ordered_at, within: 1d} | freshness: {column: ordered_at, within: 12h} | the newest 'ordered_at' is 2026-02-28 10:00; it may be 12h old at 2026-03-01 00:00 | 0
      {sql: SELECT * FROM sales WHERE quantity < 0, name: x} | {sql: SELECT s.order_id FROM sales AS s JOIN totals AS t USING (product) WHERE t.sold < 4, name: x} | the query gives 4 rows | 4
      """;

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = KINDS)
  void eachKindHoldsAndFails(String holding, String failing, String message, int samples)
      throws IOException {
    checks("- " + holding);
    assertThat(project.kith().succeed("run").out())
        .containsPattern("· sales +up to date\\n  ✓ +1 check passed");

    checks("- " + failing);
    Outcome outcome = project.kith().run("run");

    assertThat(outcome.exitCode()).as(outcome.all()).isEqualTo(3);
    assertThat(outcome.out()).containsPattern("✗( sales)? +1 check failed");
    assertThat(outcome.err()).contains("error[R008]: Cannot publish: 'sales' fails a check");
    assertThat(outcome.err()).contains(message);
    assertThat(query("select status, message from kith_checks order by checked_at"))
        .hasSize(3)
        .last()
        .asString()
        .startsWith("failed,");
    assertThat(query("select count(*) as n from kith_check_samples"))
        .last()
        .isEqualTo("" + samples);
  }

  @Test
  void aFailureHidesNothingAndTheNextRunAfterTheFixIsRight() throws IOException {
    checks("- range: {quantity: {min: 1}}\n- unique: order_id");
    project.kith().succeed("run");
    var before = Published.withoutOrigins(project.path());

    moreOrders("1009,2,bo@x.org,2026-03-01 12:00:00,Mug,-3,6.20,paid");
    Outcome failed = project.kith().run("run");

    assertThat(failed.exitCode()).as(failed.all()).isEqualTo(3);
    assertThat(Published.withoutOrigins(project.path())).isEqualTo(before);
    String look =
        failed.err().lines().filter(line -> line.contains("kith query")).findFirst().orElse("");
    String sql = look.substring(look.indexOf('"') + 1, look.lastIndexOf('"'));
    assertThat(query(sql)).hasSize(2).last().asString().contains("1009").contains("-3");
    assertThat(project.kith().run("run").exitCode()).isEqualTo(3);

    project.replace("tables/sales.sql", "FROM orders", "FROM orders WHERE quantity > 0");
    project.kith().succeed("run");

    assertThat(Published.withoutOrigins(project.path()).get("sales"))
        .isEqualTo(before.get("sales"));
    assertThat(
            query(
                "select status, release is null as unpublished, count(*) as n from kith_checks"
                    + " group by all order by all"))
        .containsExactly(
            "status,unpublished,n", "failed,true,2", "passed,false,4", "passed,true,2");
  }

  @Test
  void changesAreHeldAgainstTheReleaseBefore() throws IOException {
    checks(
        """
        - row_count: {change: 20%}
        - distribution: {column: quantity, max_shift: 0.4}
        - distribution: {column: status, max_shift: 0.2}
          severity: warn\
        """);
    assertThat(project.kith().succeed("run").out()).contains("3 checks passed");

    moreOrders(
        """
        1009,2,bo@x.org,2026-03-01 12:00:00,Mug,90,6.20,open
        1010,2,bo@x.org,2026-03-01 12:00:00,Mug,90,6.20,open
        1011,2,bo@x.org,2026-03-01 12:00:00,Mug,90,6.20,open
        1012,2,bo@x.org,2026-03-01 12:00:00,Mug,90,6.20,open
        1013,2,bo@x.org,2026-03-01 12:00:00,Mug,90,6.20,open
        1014,2,bo@x.org,2026-03-01 12:00:00,Mug,90,6.20,open
        1015,2,bo@x.org,2026-03-01 12:00:00,Mug,90,6.20,open
        1016,2,bo@x.org,2026-03-01 12:00:00,Mug,90,6.20,open\
        """);
    Outcome outcome = project.kith().run("run");

    assertThat(outcome.exitCode()).as(outcome.all()).isEqualTo(3);
    // Half of the rows are new, and lie beyond all others.
    assertThat(outcome.err())
        .contains("row_count: 16 rows; 8 before: 100% more, 20% may be")
        .contains("'quantity' has shifted by 0.5; 0.4 may be (Kolmogorov-Smirnov)")
        .doesNotContain("status");
    assertThat(outcome.out())
        .contains("'status' has shifted by 0.5; 0.2 may be (total variation)")
        .contains("such as (value open, now_share 0.5, before_share 0.0)");
  }

  @Test
  void aFirstReleaseHasNothingToCompareWith() throws IOException {
    ProjectFolder other =
        built
            .copyTo(temporary.resolve("first"))
            .replace(
                "tables/sales.sql",
                "checks: []",
                "checks: [row_count: {change: 1%}, distribution: {column: price, max_shift: 0.1}]");
    new ProjectFolder(other.path().resolve(".kith")).deleteAll();

    assertThat(other.kith().succeed("run").out()).contains("2 checks with nothing to compare yet");
    assertThat(other.kith().succeed("check").out()).contains("· skipped");
  }

  @Test
  void aWarningIsReportedAndPublished() throws IOException {
    checks("- not_null: customer_id\n  severity: warn\n  description: Guests buy too.");

    assertThat(project.kith().succeed("run").out())
        .containsPattern("· sales +up to date\\n  ! +1 check warned")
        .contains("warning: not_null customer_id: 1 of 8 rows: 'customer_id' is NULL")
        .contains("such as (order_id 1007, customer_id NULL)")
        .contains("Published release 2");
    assertThat(query("select check_name, status, failing_rows, release is null from kith_checks"))
        .last()
        .isEqualTo("not_null customer_id,warned,1,false");

    TreeMap<String, Long> files = project.files(".kith/warehouse");
    assertThat(project.kith().succeed("run").out()).contains("Everything is up to date");
    assertThat(project.files(".kith/warehouse")).isEqualTo(files);
  }

  @Test
  void whatIsPersonalIsKeptAndNotPrinted() throws IOException {
    checks("- matches: {email: '.*@y[.]org'}\n- {sql: SELECT email FROM sales, name: nobody}");

    Outcome run = project.kith().run("run");
    Outcome check = project.kith().run("check", "--format", "json");

    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(check.exitCode()).isEqualTo(3);
    assertThat(run.all() + check.all()).doesNotContain("@x.org").contains("email ***");
    assertThat(query("select sample from kith_check_samples"))
        .anyMatch(row -> row.contains("anna@x.org"));
  }

  @Test
  void checksOfAProfileSeeIt() throws IOException {
    project.replace(
        "profiles/customer.yaml", "measures:", "checks:\n  - range: {spend: {min: 20}}\nmeasures:");

    Outcome outcome = project.kith().run("run");

    assertThat(outcome.exitCode()).as(outcome.all()).isEqualTo(3);
    assertThat(outcome.err())
        .contains("'customer' fails a check")
        .contains("such as (customer_id 3, spend 13.00)");
  }

  @Test
  void whatChecksReadIsWatchedToo() throws IOException {
    project.file("tables/regulars.sql", "SELECT customer_id FROM customers\n");
    checks("- relationship: {columns: customer_id, to: regulars}");
    project.kith().succeed("run");

    project.file(
        "tables/regulars.sql", "SELECT customer_id FROM customers WHERE customer_id < 3\n");
    Outcome outcome = project.kith().run("run");

    assertThat(outcome.exitCode()).as(outcome.all()).isEqualTo(3);
    assertThat(outcome.err()).contains("1 of 8 rows: 'customer_id' is not in 'regulars'");
  }

  @Test
  void aReleaseIsCheckedWithoutBuilding() throws IOException {
    checks("- unique: product\n  severity: warn\n- range: {price: {max: 20}}");

    Outcome outcome = project.kith().run("check");

    assertThat(outcome.exitCode()).as(outcome.all()).isEqualTo(3);
    assertThat(outcome.out())
        .containsPattern(" +unique product +! warned +8 of 8 rows share their product with")
        .containsPattern(" +range price +✗ failed +2 of 8 rows: 'price' is above 20")
        .contains("(1 check failed, 1 warned; release prod-000001-");
    assertThat(query("select distinct release is null from kith_checks")).last().isEqualTo("false");
    assertThat(project.kith().run("check", "totals").exitCode()).isEqualTo(2);
    assertThat(project.kith().run("check", "sals").err()).contains("did you mean 'sales'?");
    assertThat(project.kith().run("check", "--release", "none").exitCode()).isEqualTo(1);
  }

  @Test
  void whatIsSuggestedHolds() throws IOException {
    String sales = project.kith().succeed("checks", "suggest", "sales").out();
    String customer = project.kith().succeed("checks", "suggest", "customer").out();

    assertThat(sales)
        .contains("  # the key: one row for each\n  - unique: order_id\n")
        .contains("  - range: {quantity: {min: 1}}\n")
        .contains("  - relationship: {columns: customer_id, to: customers}\n")
        .contains("  - freshness: {column: ordered_at, within: 1d}\n    severity: warn\n")
        .contains("  - row_count: {min: 4, change: 20%}\n")
        .doesNotContain("not_null: [order_id, customer_id")
        .doesNotContain("@x.org");
    project
        .replace("tables/sales.sql", "checks: []\n", sales)
        .replace("profiles/customer.yaml", "measures:", customer + "measures:");

    Outcome outcome = project.kith().succeed("run");

    assertThat(outcome.out())
        .containsPattern("· sales +up to date\\n  ✓ +\\d+ checks passed")
        .containsPattern("· customer +up to date\\n  ✓ +\\d+ checks passed")
        .doesNotContain("warned");
  }

  @Test
  void whatIsCheckedAlreadyIsNotSuggested() throws IOException {
    String bound = "  - row_count: {min: 1}\n";
    checks("- unique: order_id\n- not_null: [order_id, ordered_at]\n- row_count: {min: 1}");

    String more = project.kith().succeed("checks", "suggest", "sales").out();

    assertThat(more)
        .startsWith("  # beside the checks that 'sales' has\n")
        .contains("  - not_null: [product, quantity, price, status]\n")
        .doesNotContain("unique", "row_count", "checks:");
    project.replace("tables/sales.sql", bound, bound + more);
    assertThat(project.kith().succeed("run").out()).contains("checks passed");
    assertThat(project.kith().succeed("checks", "suggest", "sales").out())
        .isEqualTo("# nothing to propose beside the checks that 'sales' has\n");
  }

  @Test
  void numbersOfRowsHaveNoRange() throws IOException {
    project.replace("tables/totals.sql", "AS sold", "AS sold, count(*) AS lines");
    project.kith().succeed("run");

    assertThat(project.kith().succeed("checks", "suggest", "totals").out())
        .contains("range: {sold: ")
        .doesNotContain("range: {lines: ");
  }

  @Test
  void aFirstRunThatFailsCanBeLookedAt() throws IOException {
    checks("- not_null: customer_id");
    new ProjectFolder(project.path().resolve(".kith")).deleteAll();

    assertThat(project.kith().run("run").exitCode()).isEqualTo(3);

    assertThat(query("select sample from kith_check_samples")).hasSize(2);
    assertThat(project.kith().run("query", "select * from sales").err())
        .contains("nothing has been published yet");
    assertThat(project.kith().run("ls").exitCode()).isEqualTo(1);
  }

  private void checks(String items) throws IOException {
    String indented = items.lines().map(line -> "  " + line + "\n").reduce("", String::concat);
    project.file("tables/sales.sql", SALES.replace("checks: []\n", "checks:\n" + indented));
  }

  private void moreOrders(String rows) throws IOException {
    project.file(
        "data/orders-2.csv",
        "order_id,customer_id,email,ordered_at,product,quantity,price,status\n" + rows + "\n");
  }

  private List<String> query(String sql) {
    return project.kith().succeed("query", sql, "--format", "csv").out().lines().toList();
  }
}
