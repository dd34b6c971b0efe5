package dev.kith.measures;

import dev.kith.model.TableName;
import dev.kith.model.type.Column;
import dev.kith.model.type.DataType.Primitive;
import java.util.List;
import java.util.regex.Pattern;

/** Pieces of SQL that are the same on every engine. */
final class Sql {

  private static final Pattern COLUMN = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*|\"[^\"]+\"");

  private Sql() {}

  static String select(List<String> columns, String from, List<String> where) {
    return "SELECT "
        + String.join(", ", columns)
        + "\n  FROM "
        + from
        + (where.isEmpty() ? "" : "\n  WHERE " + String.join(" AND ", where));
  }

  /** A relation under its own name, so that expressions may say {@code orders.amount}. */
  static String from(TableName relation) {
    return relation.quoted() + " AS " + Dialect.quoted(relation.name());
  }

  /** When an event happened, as an instant. */
  static String at(EventTable events) {
    return instant(events.at(), events.at().quotedName());
  }

  /** A column of times as instants. */
  static String instant(Column column, String reference) {
    return column.type() == Primitive.INSTANT ? reference : Dialect.asInstant(reference);
  }

  /** What a time has to meet so as not to be after an instant. */
  static String atMost(String time, String instant) {
    return time + " <= " + instant;
  }

  /** An expression of a definition, safe to stand among others. */
  static String parenthesised(String expression) {
    return isColumn(expression) ? expression : "(" + expression + "\n)";
  }

  /** Whether it is only the name of a column. */
  static boolean isColumn(String expression) {
    return COLUMN.matcher(expression).matches();
  }

  /** What an aggregate is followed by if only rows count for which all conditions hold. */
  static String filter(List<String> conditions) {
    return conditions.isEmpty() ? "" : " FILTER (WHERE " + String.join(" AND ", conditions) + ")";
  }
}
