package dev.kith.measures;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.model.Diagnostic;
import dev.kith.model.Problems;
import dev.kith.model.TableName;
import dev.kith.model.type.TableSchema;
import dev.kith.sql.SqlAnalyzer;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Every code of this module, with the very text that people read. */
class RefusedProfilesTest {

  private static final Path FILE = Path.of("fixtures/invalid/profiles.txt");

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
          "labels",
          "MAP(VARCHAR, VARCHAR)");

  private final StringBuilder text = new StringBuilder();
  private final Set<MeasureCode> seen = EnumSet.noneOf(MeasureCode.class);
  private final SqlAnalyzer analyzer = new SqlAnalyzer(ZoneId.of("Asia/Seoul"));

  private static Profiles profile() {
    return new Profiles()
        .events("orders", "ordered_at", List.of("invoice"), ORDERS)
        .keysOf("orders");
  }

  private void refused(String title, Profiles profiles) {
    Problems problems = new Problems();
    assertThat(profiles.plan("customer_id", analyzer, problems)).as(title).isEmpty();
    text.append("# ").append(title).append('\n');
    for (Diagnostic diagnostic : problems.all()) {
      text.append(diagnostic).append('\n');
      if (diagnostic.code() instanceof MeasureCode code) {
        seen.add(code);
      }
    }
    text.append('\n');
  }

  private void refusedMeasure(String is) {
    refused(is, profile().block("orders", "7d").measure("m", is).end());
  }

  private void refusedTable(String title, Optional<String> at, Optional<String> whyUnsafe) {
    InputTable table =
        new InputTable(TableName.of("t"), ORDERS, at, List.of(), whyUnsafe, Optional.empty());
    refused(title, profile().table(table).block("t", "7d").measure("m", "count(*)").end());
  }

  @Test
  void everyFaultSaysWhereWhatAndHelp() throws Exception {
    try (analyzer) {
      for (String is :
          List.of(
              "summ(amount)",
              "median(amount)",
              "amount",
              "sum(amount) / count(*)",
              "sum(amout)",
              "sum(amount) filter (where buyr = 'x')",
              "latest(amount)",
              "top(amount, 0)",
              "quantile(amount, 50)",
              "sessions(1 day)",
              "sum(distinct amount)",
              "sum(max(amount))",
              "sum(amount - lag(amount) over (order by ordered_at))",
              "max(ordered_at) filter (where ordered_at < :as_of)",
              "sum(buyer)",
              "mode(labels)",
              "sum(amount) filter (where lines)")) {
        refusedMeasure(is);
      }
      refusedTable("a table without a time", Optional.empty(), Optional.empty());
      refusedTable("a time that is a text", Optional.of("buyer"), Optional.empty());
      refusedTable(
          "a time that is not safe", Optional.of("ordered_at"), Optional.of("it groups rows"));
      refused(
          "a block on a column that is missing",
          profile().block("orders", "7d").on("who").measure("m", "count(*)").end());
      refused(
          "a block on a column of another type",
          profile().block("orders", "7d").on("buyer").measure("m", "count(*)").end());
      refused(
          "a population without history",
          new Profiles().people("customers", Profiles.schema("customer_id", "BIGINT")));
      refused(
          "a measure without a window", profile().block("orders").measure("m", "count(*)").end());
      refused(
          "a derived column over a window that its measure lacks",
          profile()
              .block("orders", "7d", "30d")
              .measure("m", "count(*)", "7d")
              .derive("d", "m + 1")
              .end());
      refused(
          "a derived column that aggregates",
          profile().block("orders", "7d").measure("m", "count(*)").derive("d", "sum(m)").end());
      refused("a metric of a column that is missing", profile().metric("m", "spend / 2"));
      refused(
          "columns of transactions that are missing",
          profile().transactions("orders", 3, "invoise", "amount"));
    }

    assertThat(seen).isEqualTo(EnumSet.allOf(MeasureCode.class));
    Golden.check(FILE, text.toString());
  }
}
