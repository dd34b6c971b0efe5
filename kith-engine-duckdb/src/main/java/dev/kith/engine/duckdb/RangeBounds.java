package dev.kith.engine.duckdb;

import dev.kith.engine.EngineCode;
import dev.kith.engine.WriteMode.ReplaceRange;
import dev.kith.lake.RangeFilter;
import dev.kith.model.KithException;
import dev.kith.model.type.Column;
import dev.kith.model.type.DataType;
import dev.kith.model.type.DataType.Primitive;
import dev.kith.model.type.TableSchema;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The half-open range of {@link ReplaceRange} in terms of its column.
 *
 * @param from the first value in the range, in the Java type of the column
 * @param to the first value behind it
 */
record RangeBounds(Column column, Object from, Object to) {

  /** Begins the message of a statement that met a row outside. */
  static final String COMPLAINT = "a row lies outside the range that is replaced: ";

  static RangeBounds of(ReplaceRange mode, TableSchema schema, ZoneId zone) {
    Column column =
        schema
            .column(mode.column())
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "Cannot replace a range of a column that is not there: " + mode.column()));
    return new RangeBounds(
        column, bound(mode.from(), column, zone), bound(mode.to(), column, zone));
  }

  private static Object bound(Instant instant, Column column, ZoneId zone) {
    DataType type = column.type();
    if (type == Primitive.INSTANT) {
      return instant;
    }
    LocalDateTime local = LocalDateTime.ofInstant(instant, zone);
    if (type == Primitive.TIMESTAMP) {
      return local;
    }
    if (type == Primitive.DATE) {
      // A date stands for its first moment; one that began before the bound lies before it.
      LocalDate date = local.toLocalDate();
      return date.atStartOfDay(zone).toInstant().isBefore(instant) ? date.plusDays(1) : date;
    }
    throw KithException.project(
        EngineCode.UNSUPPORTED_TYPE,
        column.name(),
        "Cannot replace a range of a column of type " + type.sql() + ": '" + column.name() + "'");
  }

  /** For leaving files out. */
  RangeFilter filter() {
    return new RangeFilter(column.name(), Optional.of(from), Optional.of(to));
  }

  /** As SQL; NULLs do not lie in it. */
  String condition(String prefix) {
    String name = prefix + column.quotedName();
    return "(" + name + " >= " + literal(from) + " AND " + name + " < " + literal(to) + ")";
  }

  /** The same rows; one outside ends the statement. */
  String check(String query, List<String> columns) {
    String own = "r." + column.quotedName();
    String checked =
        "CASE WHEN %s THEN %s ELSE error(%s) END AS %s"
            .formatted(
                condition("r."),
                own,
                Sql.literal(COMPLAINT + column.name() + " in [" + from + ", " + to + ")"),
                column.quotedName());
    return columns.stream()
            .map(
                name ->
                    name.equalsIgnoreCase(column.name()) ? checked : "r." + Sql.identifier(name))
            .collect(Collectors.joining(", ", "SELECT ", ""))
        + " FROM "
        + Sql.relation(query)
        + " AS r";
  }

  private String literal(Object bound) {
    String text = bound.toString().replace('T', ' ').replace("Z", "+00");
    return "CAST(" + Sql.literal(text) + " AS " + column.type().sql() + ")";
  }
}
