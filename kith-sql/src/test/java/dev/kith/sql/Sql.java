package dev.kith.sql;

import dev.kith.model.Diagnostic;
import dev.kith.model.Located;
import dev.kith.model.Problems;
import dev.kith.model.SourceSpan;
import dev.kith.model.TableName;
import dev.kith.model.type.Column;
import dev.kith.model.type.DataType;
import dev.kith.model.type.TableSchema;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the tests share: one analyzer, since opening DuckDB is slow, and short ways to call it. */
final class Sql {

  static final SqlAnalyzer ANALYZER = new SqlAnalyzer(ZoneId.of("Europe/London"));

  /** The tables of portable-corpus.sql, with hidden columns, and one in a folder. */
  static final Map<TableName, TableSchema> TABLES =
      Map.of(
          TableName.of("customers"),
          table(
              "id bigint, name varchar, email varchar, country varchar, created_at timestamp,"
                  + " tags varchar[], address struct(city varchar, zip varchar)"),
          TableName.of("orders"),
          table(
              "id bigint, customer_id bigint, amount decimal(18,2), status varchar,"
                  + " ordered_at timestamp, order_date date,"
                  + " items struct(sku varchar, qty integer, price double)[],"
                  + " _batch varchar, _ingested_at timestamptz"),
          TableName.of("events"),
          table(
              "id bigint, user_id bigint, url varchar, event_type varchar, ts timestamp,"
                  + " props varchar, session_id varchar"),
          TableName.of("employees"),
          table("id bigint, manager_id bigint, name varchar, salary double, dept varchar"),
          TableName.parse("sales.refunds"),
          table("id bigint, refunded_at timestamptz, amount decimal(18,2)"));

  static final Schemas SCHEMAS = Schemas.of(TABLES);

  private Sql() {}

  /** A schema from {@code name type, ...}. */
  static TableSchema table(String columns) {
    DataType.Struct struct =
        (DataType.Struct) DataType.parse("struct(" + columns + ")").orElseThrow();
    return new TableSchema(new ArrayList<Column>(struct.fields()));
  }

  static Located<String> at(String sql) {
    return new Located<>(sql, SourceSpan.startOf("tables/t.sql"));
  }

  static ParsedQuery parsed(String sql) {
    return parsed(sql, Purpose.DEFINITION);
  }

  static ParsedQuery parsed(String sql, Purpose purpose) {
    Problems problems = new Problems();
    Optional<ParsedQuery> query = ANALYZER.parse(at(sql), purpose, problems);
    return query.orElseThrow(() -> new AssertionError(sql + "\n" + problems.all()));
  }

  static TableSchema valid(String sql) {
    Problems problems = new Problems();
    return ANALYZER
        .validate(parsed(sql), SCHEMAS, problems)
        .orElseThrow(() -> new AssertionError(sql + "\n" + problems.all()));
  }

  static ColumnLineage lineage(String sql) {
    Problems problems = new Problems();
    return ANALYZER
        .parse(at(sql), Purpose.QUESTION, problems)
        .flatMap(query -> ANALYZER.lineage(query, SCHEMAS, problems))
        .orElseThrow(() -> new AssertionError(sql + "\n" + problems.all()));
  }

  /** All that parsing and validating a definition complains of. */
  static List<Diagnostic> faults(Located<String> sql) {
    Problems problems = new Problems();
    ANALYZER.parse(sql, problems).ifPresent(q -> ANALYZER.validate(q, SCHEMAS, problems));
    return problems.all();
  }

  static List<Diagnostic> faults(String sql) {
    return faults(at(sql));
  }

  static String fault(String sql) {
    List<Diagnostic> faults = faults(sql);
    if (faults.size() != 1) {
      throw new AssertionError("Not one fault: " + sql + "\n" + faults);
    }
    return faults.get(0).toString();
  }

  static Map<String, String> types(TableSchema schema) {
    Map<String, String> types = new LinkedHashMap<>();
    schema.columns().forEach(column -> types.put(column.name(), column.type().sql()));
    return types;
  }
}
