package dev.kith.measures;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.model.type.DataType;
import dev.kith.sql.SqlAnalyzer;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AsOfCompilerTest {

  private static final ZoneId LONDON = ZoneId.of("Europe/London");

  @Test
  void computesTheProfileOfTheDesign() throws Exception {
    Profiles profiles =
        new Profiles()
            .events(
                "orders",
                "ordered_at",
                List.of("invoice"),
                Profiles.schema(
                    "customer_id", "BIGINT",
                    "ordered_at", "TIMESTAMPTZ",
                    "invoice", "VARCHAR",
                    "product", "VARCHAR",
                    "amount", "DECIMAL(12,2)"))
            .people(
                "customers",
                Profiles.schema(
                    "customer_id", "BIGINT",
                    "country", "VARCHAR",
                    "valid_from", "TIMESTAMPTZ",
                    "valid_to", "TIMESTAMPTZ"))
            .attribute("country")
            .transactions("orders", 2, "invoice", "amount")
            .block("orders", "7d", "30d", "ever")
            .measure("spend", "sum(amount)")
            .measure("orders", "count(distinct invoice)")
            .measure("last_order_at", "max(ordered_at)")
            .measure("favourite_product", "mode(product)", "30d")
            .derive("average_order", "spend / nullif(orders, 0)")
            .end()
            .metric("days_since_order", "date_diff('day', last_order_at, as_of)");
    try (SqlAnalyzer analyzer = new SqlAnalyzer(LONDON);
        Duck duck = new Duck()) {
      duck.zone(LONDON);
      ProfilePlan plan = profiles.plan("customer_id", analyzer);
      duck.execute(
          "CREATE TABLE orders AS SELECT * FROM (VALUES"
              + " (1::BIGINT, TIMESTAMPTZ '2024-03-30 12:00:00+00', 'a', 'x', 10.00::DECIMAL(12,2)),"
              + " (1, TIMESTAMPTZ '2024-03-31 23:30:00+00', 'b', 'y', 5.50),"
              + " (1, TIMESTAMPTZ '2023-03-31 12:00:00+00', 'c', 'x', 1.25),"
              + " (NULL, TIMESTAMPTZ '2024-03-30 12:00:00+00', 'd', 'x', 99.00))"
              + " t(customer_id, ordered_at, invoice, product, amount)");
      duck.execute(
          "CREATE TABLE customers AS SELECT * FROM (VALUES"
              + " (1::BIGINT, 'GB', NULL::TIMESTAMPTZ, NULL::TIMESTAMPTZ),"
              + " (2, 'KR', TIMESTAMPTZ '2024-03-31 23:00:00+00', NULL),"
              + " (3, 'BR', NULL, TIMESTAMPTZ '2024-03-31 23:00:00+00'))"
              + " t(customer_id, country, valid_from, valid_to)");

      CompiledQuery query =
          AsOfCompiler.compile(
              plan, new Instants.Single(Instant.parse("2024-03-31T23:00:00Z")), LONDON);
      List<Map<String, @Nullable Object>> rows = duck.rows(query);

      assertThat(duck.types(query.sql()).stream().map(DataType::parse))
          .containsExactlyElementsOf(
              plan.columns().stream().map(OutputColumn::type).map(Optional::of).toList());
      assertThat(rows.stream().map(String::valueOf))
          .containsExactlyInAnyOrder(
              "{customer_id=1, country=GB, spend_7d=10.00, spend_30d=10.00, spend=11.25, orders_7d=1,"
                  + " orders_30d=1, orders=2, last_order_at_7d=2024-03-30T12:00:00Z,"
                  + " last_order_at_30d=2024-03-30T12:00:00Z, last_order_at=2024-03-30T12:00:00Z,"
                  + " favourite_product_30d=x, average_order_7d=10.0, average_order_30d=10.0,"
                  + " average_order=5.625, days_since_order=2, transactions=[[a, 10.00], [c, 1.25]]}",
              "{customer_id=3, country=BR, spend_7d=null, spend_30d=null, spend=null, orders_7d=0,"
                  + " orders_30d=0, orders=0, last_order_at_7d=null, last_order_at_30d=null,"
                  + " last_order_at=null, favourite_product_30d=null, average_order_7d=null,"
                  + " average_order_30d=null, average_order=null, days_since_order=null,"
                  + " transactions=null}");
    }
  }
}
