package dev.kith.engine.duckdb;

import java.util.Collection;
import java.util.stream.Collectors;

/** Pieces of SQL text. */
final class Sql {

  private Sql() {}

  /** {@code 'it''s'}. */
  static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  /** {@code "a ""quoted"" name"}. */
  static String identifier(String name) {
    return "\"" + name.replace("\"", "\"\"") + "\"";
  }

  /** {@code ['a', 'b']}. */
  static String list(Collection<String> texts) {
    return texts.stream().map(Sql::literal).collect(Collectors.joining(", ", "[", "]"));
  }

  /**
   * A query as a relation in a FROM clause. It stands on lines of its own, so that a comment at its
   * end can't swallow the rest.
   */
  static String relation(String query) {
    return "(\n" + withoutSemicolon(query) + "\n)";
  }

  static String withoutSemicolon(String query) {
    String text = query.stripTrailing();
    while (text.endsWith(";")) {
      text = text.substring(0, text.length() - 1).stripTrailing();
    }
    return text;
  }
}
