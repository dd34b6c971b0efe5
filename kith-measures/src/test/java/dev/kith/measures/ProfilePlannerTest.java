package dev.kith.measures;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.model.Diagnostic;
import dev.kith.model.Problems;
import dev.kith.model.TableName;
import dev.kith.model.type.TableSchema;
import dev.kith.sql.SqlAnalyzer;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProfilePlannerTest {

  private static final TableSchema ORDERS =
      Profiles.schema(
          "customer_id",
          "BIGINT",
          "buyer",
          "VARCHAR",
          "ordered_at",
          "TIMESTAMPTZ",
          "invoice",
          "VARCHAR",
          "amount",
          "DECIMAL(12,2)",
          "lines",
          "INTEGER",
          "weight",
          "FLOAT",
          "labels",
          "MAP(VARCHAR, VARCHAR)",
          "_batch",
          "VARCHAR");

  private static SqlAnalyzer analyzer;

  @BeforeAll
  static void open() {
    analyzer = new SqlAnalyzer(ZoneId.of("Asia/Seoul"));
  }

  @AfterAll
  static void close() {
    analyzer.close();
  }

  private static Profiles orders() {
    return new Profiles()
        .events("orders", "ordered_at", List.of("invoice"), ORDERS)
        .keysOf("orders");
  }

  private static List<Diagnostic> faults(Profiles profiles) {
    Problems problems = new Problems();
    assertThat(profiles.plan("customer_id", analyzer, problems)).isEmpty();
    return problems.all();
  }

  private static String fault(Profiles profiles) {
    List<Diagnostic> faults = faults(profiles);
    assertThat(faults).hasSize(1);
    return faults.get(0).code().id() + ": " + faults.get(0).message();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "sum(lines)             | BIGINT",
        "sum(lines * amount)    | DECIMAL(38,2)",
        "sum(weight)            | DOUBLE",
        "avg(amount)            | DOUBLE",
        "max(amount)            | DECIMAL(12,2)",
        "min(ordered_at::date)  | DATE",
        "count(labels)          | BIGINT",
        "last(labels)           | MAP(VARCHAR, VARCHAR)",
        "latest(lines, 3)       | INTEGER[]",
        "top(buyer, 3)          | VARCHAR[]",
        "histogram(lines)       | MAP(INTEGER, BIGINT)",
        "quantile(amount, 0.5)  | DOUBLE",
        "count(distinct _batch) | BIGINT",
      })
  void typesMeasures(String is, String type) {
    ProfilePlan plan =
        orders().block("orders", "7d").measure("m", is).end().plan("customer_id", analyzer);

    assertThat(plan.schema().column("m_7d").orElseThrow().type().sql()).isEqualTo(type);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "sum(amout)                    | M003: column 'amout' not found in 'orders'",
        "sum(buyer)                    | M006: 'sum' takes numbers, not VARCHAR",
        "mode(labels)                  | M006: 'mode' takes values that have an order, which maps do not have, not MAP(VARCHAR, VARCHAR)",
        "sum(max(lines))               | M005: an aggregate within an expression",
        "sum(row_number() over ())     | M005: a window function within an expression",
        "sum((select 1))               | M005: a subquery within an expression",
        "sum(lines) filter (where max(lines) > 1) | M005: an aggregate within an expression",
        "max(ordered_at - :as_of)      | M005: ':as_of' in an expression over an event",
        "sum(lines) filter (where lines) | M007: the filter is INTEGER, not a condition",
        "sum(lines) filter (where buyr = 'x') | M003: column 'buyr' not found in 'orders'",
        "max(ordered_at - ordered_at)  | S021: the expression has the type INTERVAL, which a table cannot hold",
      })
  void refusesMeasures(String is, String message) {
    String found = fault(orders().block("orders", "7d").measure("m", is).end());

    assertThat(found).startsWith(message.substring(0, 5));
    if (message.startsWith("M")) {
      assertThat(found).isEqualTo(message);
    }
  }

  @Test
  void saysWhereAndWhatIsMeant() {
    List<Diagnostic> faults =
        faults(orders().block("orders", "7d").measure("m", "sum(amout)").end());

    assertThat(faults)
        .singleElement()
        .hasToString(
            "profiles/p.yaml:5:14: error[M003]: column 'amout' not found in 'orders'\n"
                + "  help: did you mean 'amount'?");
  }

  @Test
  void reportsAllFaultsAtOnce() {
    List<Diagnostic> faults =
        faults(
            orders()
                .block("orders", "7d")
                .measure("a", "sum(amout)")
                .measure("b", "summ(amount) filter (where lines)")
                .measure("c", "sum(buyer)")
                .end());

    assertThat(faults.stream().map(x -> x.code().id())).containsExactly("M003", "M001", "M006");
  }

  @Test
  void refusesTablesWithoutASafeTime() {
    InputTable input =
        new InputTable(
            TableName.of("t"),
            ORDERS,
            Optional.empty(),
            List.of(),
            Optional.empty(),
            Optional.empty());
    assertThat(fault(orders().table(input).block("t", "7d").measure("m", "count(*)").end()))
        .isEqualTo("M008: 't' does not say when its rows happened");

    InputTable text =
        new InputTable(
            TableName.of("t"),
            ORDERS,
            Optional.of("buyer"),
            List.of(),
            Optional.empty(),
            Optional.empty());
    assertThat(fault(orders().table(text).block("t", "7d").measure("m", "count(*)").end()))
        .isEqualTo("M008: the `at:` of 't' is 'buyer' of type VARCHAR");

    InputTable unsafe =
        new InputTable(
            TableName.of("t"),
            ORDERS,
            Optional.of("ordered_at"),
            List.of(),
            Optional.of("it joins tables"),
            Optional.empty());
    assertThat(fault(orders().table(unsafe).block("t", "7d").measure("m", "count(*)").end()))
        .isEqualTo(
            "M009: rows of 't' may tell more than was known at 'ordered_at': it joins tables");
  }

  @Test
  void refusesKeysThatDoNotFit() {
    assertThat(fault(orders().block("orders", "7d").on("who").measure("m", "count(*)").end()))
        .isEqualTo("M010: 'orders' has no column 'who'");
    assertThat(fault(orders().block("orders", "7d").on("buyer").measure("m", "count(*)").end()))
        .isEqualTo("M011: 'buyer' of 'orders' is VARCHAR, but the profile's key is BIGINT");
  }

  @Test
  void refusesAPopulationWithoutHistory() {
    Profiles profiles =
        new Profiles().people("customers", Profiles.schema("customer_id", "BIGINT"));

    assertThat(fault(profiles)).isEqualTo("M012: 'customers' has no history");
  }

  @Test
  void refusesAMeasureWithoutWindows() {
    assertThat(fault(orders().block("orders").measure("m", "count(*)").end()))
        .isEqualTo("M013: measure 'm' has no window");
  }

  @Test
  void refusesADerivedColumnOverAWindowThatIsMissing() {
    assertThat(
            fault(
                orders()
                    .block("orders", "7d", "30d")
                    .measure("m", "count(*)", "7d")
                    .derive("d", "m + 1")
                    .end()))
        .isEqualTo("M014: 'd' over 30d needs 'm', which has no window 30d");
  }

  @Test
  void refusesDerivedColumnsAndMetricsThatAreNoExpressions() {
    Profiles profiles =
        orders().block("orders", "7d").measure("m", "count(*)").derive("d", "sum(m)").end();
    assertThat(fault(profiles)).isEqualTo("M015: an aggregate within an expression");

    assertThat(fault(orders().metric("m", "rank() over ()")))
        .isEqualTo("M015: a window function within an expression");
    assertThat(fault(orders().metric("m", "spend + 1")))
        .isEqualTo("M003: column 'spend' not found in the columns above 'm'");
  }

  @Test
  void listsColumnsInOrderAndWhatTheyRead() {
    ProfilePlan plan =
        orders()
            .block("orders", "7d", "ever")
            .measure("spend", "sum(amount) filter (where lines > 0)")
            .measure("orders", "count(distinct invoice)")
            .derive("average", "spend / nullif(orders, 0)")
            .end()
            .metric("share", "spend_7d / nullif(spend, 0)")
            .transactions("orders", 3, "invoice")
            .plan("customer_id", analyzer);

    assertThat(plan.schema().names())
        .containsExactly(
            "customer_id",
            "spend_7d",
            "spend",
            "orders_7d",
            "orders",
            "average_7d",
            "average",
            "share",
            "transactions");
    assertThat(plan.inputs()).containsExactly(TableName.of("orders"));
    ColumnOrigin.Measured spend = (ColumnOrigin.Measured) plan.columns().get(1).origin();
    assertThat(spend.reads()).containsExactly("amount", "lines");
    ColumnOrigin.Derived average = (ColumnOrigin.Derived) plan.columns().get(5).origin();
    assertThat(average.columns())
        .containsEntry("spend", "spend_7d")
        .containsEntry("orders", "orders_7d");
  }

  @Test
  void fingerprintsFollowTheMeaningOnly() {
    assertThat(canonical("sum( amount )")).isEqualTo(canonical("SUM(amount) -- net"));
    assertThat(canonical("sum(amount)")).isNotEqualTo(canonical("sum(lines)"));
    assertThat(canonical("sum(amount)"))
        .isNotEqualTo(canonical("sum(amount) filter (where lines > 0)"));
    assertThat(canonical("latest(lines, 2)")).isNotEqualTo(canonical("latest(lines, 3)"));
    assertThat(canonical("quantile(lines, 0.2)")).isNotEqualTo(canonical("quantile(lines, 0.3)"));
    assertThat(canonical("sessions(1 hour)")).isEqualTo(canonical("sessions(60 minutes)"));
  }

  private static List<String> canonical(String is) {
    return orders()
        .block("orders", "7d")
        .measure("m", is)
        .end()
        .plan("customer_id", analyzer)
        .canonical();
  }
}
