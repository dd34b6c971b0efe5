package dev.kith.measures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kith.sql.SqlAnalyzer;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Profiles over more than one table, and what must be an error. */
class SeveralTablesTest {

  private static final ZoneId ZONE = ZoneId.of("America/New_York");
  private static final Instant T = Instant.parse("2024-06-01T04:00:00Z");

  private final SqlAnalyzer analyzer = new SqlAnalyzer(ZONE);
  private Duck duck;

  SeveralTablesTest() throws SQLException {
    duck = new Duck();
  }

  @BeforeEach
  void load() throws SQLException {
    duck.zone(ZONE);
    duck.execute("CREATE SCHEMA sales");
    duck.execute(
        "CREATE TABLE sales.orders AS SELECT * FROM (VALUES"
            + " (1::BIGINT, 2::BIGINT, DATE '2024-05-31', 5::BIGINT),"
            + " (2, 3, DATE '2024-05-30', 7), (2, 2, DATE '2024-06-01', 100))"
            + " t(person, payer, ordered_on, amount)");
    duck.execute(
        "CREATE TABLE clicks AS SELECT * FROM (VALUES"
            + " (1::BIGINT, TIMESTAMPTZ '2024-05-31 12:00:00+00'),"
            + " (4, TIMESTAMPTZ '2024-01-01 12:00:00+00'),"
            + " (5, TIMESTAMPTZ '2024-06-01 04:00:00+00')) t(person, clicked_at)");
  }

  @AfterEach
  void close() throws SQLException {
    analyzer.close();
    duck.close();
  }

  private static Profiles profiles() {
    return new Profiles()
        .events(
            "sales.orders",
            "ordered_on",
            List.of(),
            Profiles.schema(
                "person", "BIGINT", "payer", "BIGINT", "ordered_on", "DATE", "amount", "BIGINT"))
        .events(
            "clicks",
            "clicked_at",
            List.of(),
            Profiles.schema("person", "BIGINT", "clicked_at", "TIMESTAMPTZ"))
        .keysOf("sales.orders", "clicks");
  }

  private List<Map<String, @Nullable Object>> rows(Profiles profiles) throws SQLException {
    ProfilePlan plan = profiles.plan("person", analyzer);
    CompiledQuery query = AsOfCompiler.compile(plan, new Instants.Single(T), ZONE);
    return duck.rows(new CompiledQuery(query.steps(), query.sql() + " ORDER BY person"));
  }

  @Test
  void joinsPeopleOfAllTables() throws SQLException {
    List<Map<String, @Nullable Object>> rows =
        rows(
            profiles()
                .block("sales.orders", "7d")
                .measure("bought", "sum(amount)")
                .measure("last", "last(ordered_on)")
                .end()
                .block("sales.orders", "7d", "ever")
                .on("payer")
                .measure("paid", "sum(amount)")
                .measure("orders_paid", "count(*)")
                .end()
                .block("clicks", "30d")
                .measure("clicks", "count(*)")
                .end());

    assertThat(rows.stream().map(String::valueOf))
        .containsExactly(
            "{person=1, bought_7d=5, last_7d=2024-05-31, paid_7d=null, paid=null,"
                + " orders_paid_7d=0, orders_paid=0, clicks_30d=1}",
            "{person=2, bought_7d=7, last_7d=2024-05-30, paid_7d=5, paid=5,"
                + " orders_paid_7d=1, orders_paid=1, clicks_30d=0}",
            "{person=4, bought_7d=null, last_7d=null, paid_7d=null, paid=null,"
                + " orders_paid_7d=0, orders_paid=0, clicks_30d=0}");
  }

  @Test
  void aSumThatDoesNotFitIsAnError() throws SQLException {
    duck.execute("INSERT INTO sales.orders VALUES (1, 1, DATE '2024-05-31', 9223372036854775807)");

    assertThatThrownBy(
            () -> rows(profiles().block("sales.orders", "7d").measure("s", "sum(amount)").end()))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("out of range");
  }

  @Test
  void aMeanOfNumbersWhoseSumDoesNotFitIsNoError() throws SQLException {
    duck.execute("INSERT INTO sales.orders VALUES (1, 1, DATE '2024-05-31', 9223372036854775807)");

    List<Map<String, @Nullable Object>> rows =
        rows(profiles().block("sales.orders", "7d").measure("s", "avg(amount)").end());

    assertThat(rows.get(0).get("s_7d")).isEqualTo(0x1p62);
  }
}
