package dev.kith.measures;

import dev.kith.model.TableName;
import dev.kith.model.type.Column;
import dev.kith.model.type.DataType.ListOf;
import dev.kith.model.type.DataType.Primitive;
import dev.kith.model.type.TableSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How rows of two versions of a profile differ, as rows: the key, whether the person was {@code
 * added}, {@code removed} or {@code changed}, and of a changed one the columns that hold something
 * else.
 *
 * @param before the version's columns, the key first; nothing if there was none before
 * @param after likewise
 */
public record ChangedRows(Optional<TableSchema> before, TableSchema after) {

  /** The rows of before, or at least those that are not among the rows of now. */
  public static final TableName BEFORE = TableName.of("kith_changes_before");

  /** The rows of now, or at least those that were not there before. */
  public static final TableName AFTER = TableName.of("kith_changes_after");

  private static final String CHANGE = "change";
  private static final String COLUMNS = "changed_columns";

  /** The columns of the rows about changes. */
  public TableSchema schema() {
    return new TableSchema(
        List.of(
            key(after),
            new Column(CHANGE, Primitive.TEXT),
            new Column(COLUMNS, new ListOf(Primitive.TEXT))));
  }

  /** A query over {@link #BEFORE} and {@link #AFTER} for the rows about changes. */
  public String sql() {
    TableSchema old = before.orElse(after);
    List<String> names = new ArrayList<>();
    List<String> differing = new ArrayList<>();
    for (Column column : after.columns()) {
      if (!column.equals(key(after))) {
        names.add(literal(column));
        differing.add(differs(column, old));
      }
    }
    for (Column column : old.columns()) {
      if (after.column(column.name()).isEmpty()) {
        names.add(literal(column));
        differing.add("b." + column.quotedName() + " IS NOT NULL");
      }
    }
    String columns =
        names.isEmpty()
            ? "CAST([] AS VARCHAR[])"
            : "list_where([%s], [%s])"
                .formatted(String.join(", ", names), String.join(", ", differing));
    return """
        SELECT * FROM (
        SELECT coalesce(a.%1$s, b.%2$s) AS %1$s,
          CASE WHEN b.kith_there IS NULL THEN 'added' WHEN a.kith_there IS NULL THEN 'removed'
            ELSE 'changed' END AS %3$s,
          CASE WHEN b.kith_there AND a.kith_there THEN %4$s END AS %5$s
        FROM (SELECT true AS kith_there, * FROM %6$s) AS b
        FULL JOIN (SELECT true AS kith_there, * FROM %7$s) AS a ON a.%1$s = b.%2$s)
        WHERE %5$s IS NULL OR len(%5$s) > 0"""
        .formatted(
            key(after).quotedName(),
            key(old).quotedName(),
            CHANGE,
            columns,
            COLUMNS,
            BEFORE.quoted(),
            AFTER.quoted());
  }

  private static Column key(TableSchema profile) {
    return profile.columns().get(0);
  }

  /** Of a column that was not there, or was of another type, nothing is the same but NULL. */
  private static String differs(Column column, TableSchema old) {
    Optional<Column> same = old.column(column.name());
    if (same.isPresent() && same.get().type().equals(column.type())) {
      return differs(column);
    }
    String now = "a." + column.quotedName() + " IS NOT NULL";
    return same.isPresent() ? "(" + now + " OR b." + column.quotedName() + " IS NOT NULL)" : now;
  }

  private static String literal(Column column) {
    return "'" + column.name().replace("'", "''") + "'";
  }

  /**
   * Whether a column of rows {@code b} and {@code a} holds something else. Floating-point numbers
   * are the same within 1e-9, relative, as everywhere in Kith.
   */
  public static String differs(Column column) {
    String before = "b." + column.quotedName();
    String after = "a." + column.quotedName();
    String distinct = before + " IS DISTINCT FROM " + after;
    if (!column.type().isFloatingPoint()) {
      return distinct;
    }
    String beyondTolerance =
        "(%3$s AND NOT coalesce(isfinite(%1$s) AND isfinite(%2$s)"
            + " AND abs(%1$s - %2$s) <= 1e-9 * greatest(abs(%1$s), abs(%2$s)), false))";
    return beyondTolerance.formatted(before, after, distinct);
  }
}
