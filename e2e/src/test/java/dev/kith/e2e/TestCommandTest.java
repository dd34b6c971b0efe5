package dev.kith.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kith.e2e.KithCommand.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** {@code kith test} over the example, and over small projects that nobody has ever run. */
class TestCommandTest {

  private static final Path RETAIL =
      Path.of("../examples/retail/src/main/resources/kith/examples/retail");

  @TempDir Path temporary;

  private ProjectFolder project;

  @BeforeEach
  void makeProject() throws IOException {
    project =
        ProjectFolder.at(temporary.resolve("shop"))
            .file("kith.yaml", "kith: 1\nname: shop\ntimezone: Europe/London\n")
            .file(
                "sources/orders.yaml",
                """
                source: orders
                kind: events
                at: ordered_at
                from: {files: data/orders.csv}
                columns: {customer_id: bigint, product: text, amount: "decimal(10,2)"}
                """)
            .file(
                "sources/people.yaml",
                """
                source: people
                kind: entity
                key: customer_id
                from: {connection: crm, table: people}
                """)
            .file(
                "tables/totals.sql",
                """
                /* kith:
                key: customer_id
                */
                SELECT customer_id, sum(amount) AS total, avg(amount) AS mean FROM orders
                GROUP BY customer_id
                """)
            .file(
                "profiles/buyer.yaml",
                """
                profile: buyer
                key: customer_id
                from: {keys_of: [orders]}
                transactions: {from: orders, latest: 5, columns: [product, amount]}
                measures:
                  - {from: orders, over: [1d, ever], define: {spend: sum(amount)}}
                """)
            .file(
                "profiles/person.yaml",
                """
                profile: person
                key: customer_id
                from: people
                attributes: [name]
                """);
    String connections = "connections: {crm: {url: \"jdbc:postgresql://nowhere.invalid/crm\"}}\n";
    Path settings = project.path().resolve("kith.yaml");
    Files.writeString(settings, Files.readString(settings) + connections);
  }

  @Test
  void theExamplePassesWithoutItsData() throws IOException {
    ProjectFolder retail = new ProjectFolder(RETAIL).copyTo(temporary.resolve("retail"));
    retail.delete("data/online_retail.csv.gz").delete("data/countries.csv");

    Outcome outcome = retail.kith().succeed("test");

    assertThat(outcome.out())
        .contains("✓ a cancellation takes back what was sold")
        .contains("7 tests passed");
    assertThat(retail.path().resolve(".kith/warehouse")).doesNotExist();
    assertThat(retail.path().resolve(".kith/kith.db")).doesNotExist();
  }

  @Test
  void aChangedDefinitionOfTheExampleFailsWithTheRowsThatDiffer() throws IOException {
    ProjectFolder retail = new ProjectFolder(RETAIL).copyTo(temporary.resolve("retail"));
    retail.replace("tables/order_lines.sql", "Quantity AS quantity", "abs(Quantity) AS quantity");

    Outcome outcome = retail.kith().run("test", "order_lines");

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.out())
        .containsPattern(
            """
            (?x) ✗\\ a\\ cancellation\\ takes\\ back\\ what\\ was\\ sold .*\\n
            \\ +order_lines:\\ 1\\ row\\ with\\ other\\ values\\ \\(≠\\)\\ .*tests/order_lines.yaml:12:7\\n
            \\ +invoice\\ +line\\ +is_cancellation\\ +quantity\\ +amount\\n
            .*\\n
            \\ +≠\\ C536379\\ +1\\ +true\\ +-2\\ →\\ 2\\ +-5.100\\n
            """)
        .contains("✓ lines that repeat exactly count once")
        .contains("1 of 4 tests failed");
  }

  @Test
  void fromGivenRowsToProfiles() throws IOException {
    project.file(
        "tests/all.yaml",
        """
        as_of: 2026-03-30
        given:
          orders:
            csv: |
              customer_id,product,amount,ordered_at
              1,"",1.50,2026-03-29 00:00
              1,Tea,2.50,2026-03-29T22:59:59.999999Z
              1,Tea,4.00,2026-03-30 00:00
              2,Cup,8.00,2026-03-30 00:00
        tests:
          - test: a day of 23 hours, from midnight to midnight
            expect:
              buyer:
                - {customer_id: 1, spend_1d: 4, transactions: [{product: Tea}, {product: ""}]}
          - test: as they are or computed
            expect:
              totals: {rows: [{customer_id: 2, total: 8.0, mean: 8}], partial: true, count: 2}
          - test: the versions of an entity
            given:
              people_history:
                - {customer_id: 7, name: Ann, valid_to: 2026-03-29}
                - {customer_id: 7, name: Anna, valid_from: 2026-03-29}
                - {customer_id: 8, name: Bo, valid_from: 2026-03-30}
                - {customer_id: 9, name: Cy, valid_to: 2026-03-30}
            expect: {person: [{customer_id: 7, name: Anna}, {customer_id: 9, name: Cy}]}
          - test: current rows were so since ever
            as_of: 1900-01-01
            given: {people: [{customer_id: 9, name: Cy}]}
            expect: {person: [{customer_id: 9, name: Cy}]}
          - test: what is not given is empty
            given: {orders: []}
            expect: {totals: [], buyer: {count: 0}}
        """);

    Outcome outcome = project.kith().succeed("test");

    assertThat(outcome.out()).contains("5 tests passed");
    assertThat(project.kith().succeed("test", "SINCE ever").out()).contains("1 test passed");
  }

  @Test
  void valuesThatDoNotFitStopEverything() throws IOException {
    project.file(
        "tests/bad.yaml",
        """
        test: of other types
        given: {orders: [{customer_id: one, amunt: 1}]}
        expect: {totals: [{total: 1}]}
        """);

    Outcome outcome = project.kith().run("test");

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err())
        .contains("tests/bad.yaml:2:32: error[T002]: 'one' does not fit 'customer_id'")
        .contains("error[T001]: 'orders' has no column 'amunt'")
        .contains("did you mean 'amount'?");
    assertThat(project.kith().run("test", "other").exitCode()).isEqualTo(1);
    assertThat(project.kith().run("test", "nothing like it").exitCode()).isEqualTo(2);
  }

  @Test
  void aQueryThatFailsIsAnErrorOfItsTestAlone() throws IOException {
    project
        .file("tables/numbers.sql", "SELECT CAST(product AS INTEGER) AS number FROM orders")
        .file(
            "tests/numbers.yaml",
            """
            given: {orders: [{product: Tea}]}
            tests:
              - {test: no number, expect: {numbers: [{number: 1}]}}
              - {test: still runs, expect: {totals: {count: 1}}}
            """);

    Outcome outcome = project.kith().run("test");

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.out())
        .contains("✗ no number", "error[E001]", "'Tea'", "✓ still runs", "1 of 2 tests failed");
  }

  @Test
  void buildServersGetJunitXml() throws Exception {
    failing();

    Outcome outcome = project.kith().run("test", "--format", "junit", "-o", "report.xml");

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.out()).contains("✗ the total <&> \"quoted\"");
    Document xml =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(project.path().resolve("report.xml").toFile());
    Element suite = (Element) xml.getElementsByTagName("testsuite").item(0);
    assertThat(suite.getAttribute("name")).isEqualTo("tests/totals.yaml");
    assertThat(suite.getAttribute("tests")).isEqualTo("2");
    assertThat(suite.getAttribute("failures")).isEqualTo("1");
    assertThat(suite.getAttribute("errors")).isEqualTo("0");
    Element test = (Element) xml.getElementsByTagName("testcase").item(0);
    assertThat(test.getAttribute("name")).isEqualTo("the total <&> \"quoted\"");
    assertThat(test.getAttribute("classname")).isEqualTo("tests.totals");
    assertThat(test.getElementsByTagName("failure").item(0).getTextContent())
        .contains("3.00 → 2.00");
  }

  @Test
  void programsGetJson() throws Exception {
    failing();

    Outcome outcome = project.kith().run("test", "--format", "json");

    assertThat(outcome.exitCode()).isEqualTo(1);
    JsonNode json = new ObjectMapper().readTree(outcome.out());
    assertThat(json.path("failed").asInt()).isEqualTo(1);
    JsonNode row = json.path("tests").path(0).path("tables").path(0).path("differences").path(0);
    assertThat(row.path("kind").asText()).isEqualTo("differing");
    assertThat(row.path("columns").path(0).asText()).isEqualTo("total");
    assertThat(row.path("actual").path("total").asDouble()).isEqualTo(2.0);
  }

  private void failing() throws IOException {
    project.file(
        "tests/totals.yaml",
        """
        given: {orders: [{customer_id: 1, amount: 2}]}
        tests:
          - test: the total <&> "quoted"
            expect: {totals: [{customer_id: 1, total: 3}]}
          - test: as it is
            expect: {totals: [{customer_id: 1, total: 2}]}
        """);
  }
}
