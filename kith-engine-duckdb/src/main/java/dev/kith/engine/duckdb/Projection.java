package dev.kith.engine.duckdb;

import dev.kith.engine.EngineCode;
import dev.kith.model.KithException;
import dev.kith.model.type.Column;
import dev.kith.model.type.TableSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The rows of a query as rows of a table: columns found by name, cast, and put in order. */
record Projection(List<String> expressions) {

  /**
   * @param source the query's columns, as DuckDB describes them
   * @param table its name, for messages
   */
  static Projection of(List<ResultSchema.Described> source, TableSchema target, String table) {
    Map<String, ResultSchema.Described> found = new TreeMap<>();
    for (ResultSchema.Described column : source) {
      found.put(column.name().toLowerCase(Locale.ROOT), column);
      if (!target.has(column.name())) {
        throw KithException.project(
            EngineCode.UNKNOWN_COLUMN,
            table,
            "Cannot write to '" + table + "': it has no column '" + column.name() + "'");
      }
    }
    List<String> expressions = new ArrayList<>();
    for (Column column : target.columns()) {
      String expression =
          Optional.ofNullable(found.get(column.name().toLowerCase(Locale.ROOT)))
              .map(
                  from ->
                      StrictCast.expression(
                          "q." + Sql.identifier(from.name()),
                          from.type(),
                          column.type(),
                          column.quotedName()))
              .orElse("CAST(NULL AS " + column.type().sql() + ")");
      expressions.add(expression + " AS " + column.quotedName());
    }
    return new Projection(expressions);
  }

  /** The query's rows with the table's columns. */
  String select(String query) {
    return expressions.stream().collect(Collectors.joining(", ", "SELECT ", ""))
        + " FROM "
        + Sql.relation(query)
        + " AS q";
  }
}
