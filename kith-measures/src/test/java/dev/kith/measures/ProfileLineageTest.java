package dev.kith.measures;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.model.type.TableSchema;
import dev.kith.sql.ColumnLineage;
import dev.kith.sql.Derivation;
import dev.kith.sql.SqlAnalyzer;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the columns of one profile come from, written by hand. */
class ProfileLineageTest {

  private static SqlAnalyzer analyzer;

  @BeforeAll
  static void open() {
    analyzer = new SqlAnalyzer(ZoneId.of("Europe/London"));
  }

  @AfterAll
  static void close() {
    analyzer.close();
  }

  private static Profiles profile() {
    TableSchema orders =
        Profiles.schema(
            "customer_id",
            "BIGINT",
            "ordered_at",
            "TIMESTAMPTZ",
            "invoice",
            "VARCHAR",
            "amount",
            "DECIMAL(12,2)",
            "quantity",
            "INTEGER",
            "status",
            "VARCHAR");
    TableSchema people =
        Profiles.schema(
            "customer_id",
            "BIGINT",
            "country",
            "VARCHAR",
            "valid_from",
            "TIMESTAMPTZ",
            "valid_to",
            "TIMESTAMPTZ");
    return new Profiles()
        .events("orders", "ordered_at", List.of("invoice"), orders)
        .people("people", people)
        .attribute("country")
        .transactions("orders", 5, "invoice", "amount")
        .block("orders", "7d", "ever")
        .measure("spend", "sum(amount * quantity) filter (where status = 'paid')")
        .measure("orders", "count(*)")
        .measure("choice", "sum(case when status = 'x' then amount end)", "7d")
        .measure("newest", "last(status)", "ever")
        .measure("days", "active_days()", "ever")
        .derive("average", "spend / nullif(orders, 0)")
        .end()
        .metric("ratio", "spend_7d / nullif(spend, 0)")
        .metric("home", "case when country = 'UK' then orders_7d end")
        .metric("age", "date_diff('day', :as_of, as_of)");
  }

  private static ColumnLineage lineage() {
    Profiles profile = profile();
    return ProfileLineage.of(
        profile.definition("customer_id"), profile.plan("customer_id", analyzer), analyzer);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          customer_id | identity(people.customer_id)
          country | identity(people.country)
          spend_7d | aggregation(orders.amount) aggregation(orders.quantity) window(orders.ordered_at) filter(orders.status) join(orders.customer_id)
          orders_7d | window(orders.ordered_at) join(orders.customer_id)
          choice_7d | aggregation(orders.amount) conditional(orders.status) window(orders.ordered_at) join(orders.customer_id)
          newest | aggregation(orders.status) window(orders.ordered_at) join(orders.customer_id) sort(orders.invoice) sort(orders.ordered_at)
          days | aggregation(orders.ordered_at) window(orders.ordered_at) join(orders.customer_id)
          average_7d | aggregation(orders.amount) aggregation(orders.quantity) window(orders.ordered_at) filter(orders.status) join(orders.customer_id)
          ratio | aggregation(orders.amount) aggregation(orders.quantity) window(orders.ordered_at) filter(orders.status) join(orders.customer_id)
          home | conditional(people.country) window(orders.ordered_at) join(orders.customer_id)
          age |
          transactions | aggregation(orders.amount) aggregation(orders.invoice) window(orders.ordered_at) join(orders.customer_id) sort(orders.invoice) sort(orders.ordered_at)
          """)
  void columnsComeFromEvents(String column, String expected) {
    Derivation derivation = derivation(column);
    assertThat(written(derivation)).isEqualTo(expected == null ? "" : expected);
  }

  @Test
  void whoExistsDecidesAboutTheRows() {
    assertThat(written(lineage().rows()))
        .isEqualTo("filter(people.customer_id) filter(people.valid_from) filter(people.valid_to)");
  }

  @Test
  void whoExistsMayBeToldByEvents() {
    Profiles keysOf =
        new Profiles()
            .events(
                "orders",
                "ordered_at",
                List.of(),
                Profiles.schema("customer_id", "BIGINT", "ordered_at", "TIMESTAMPTZ"))
            .keysOf("orders");
    ColumnLineage lineage =
        ProfileLineage.of(
            keysOf.definition("customer_id"), keysOf.plan("customer_id", analyzer), analyzer);
    assertThat(written(lineage.columns().get(0).derivation()))
        .isEqualTo("identity(orders.customer_id)");
    assertThat(written(lineage.rows()))
        .isEqualTo("filter(orders.ordered_at) group_by(orders.customer_id)");
  }

  @Test
  void theExpressionsBetweenAreToldFromTheLastOneBack() {
    assertThat(derivation("ratio").steps())
        .extracting(step -> step.column() + ": " + step.expression())
        .containsExactly(
            "ratio: spend_7d / nullif(spend, 0)",
            "spend_7d: sum(amount * quantity) filter (where status = 'paid') over 7d",
            "spend: sum(amount * quantity) filter (where status = 'paid') over ever");
  }

  private static Derivation derivation(String column) {
    return lineage().columns().stream()
        .filter(output -> output.name().equals(column))
        .findFirst()
        .orElseThrow()
        .derivation();
  }

  private static String written(Derivation derivation) {
    return derivation.dependencies().stream()
        .map(Object::toString)
        .collect(Collectors.joining(" "));
  }
}
