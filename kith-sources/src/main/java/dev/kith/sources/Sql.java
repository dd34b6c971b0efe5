package dev.kith.sources;

import dev.kith.model.type.Column;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** Pieces of SQL text. */
final class Sql {

  private Sql() {}

  static String quote(String name) {
    return "\"" + name.replace("\"", "\"\"") + "\"";
  }

  static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  static String names(Collection<String> names) {
    return names.stream().map(Sql::quote).collect(Collectors.joining(", "));
  }

  /** {@code a."x", a."y"}. */
  static String names(String alias, Collection<String> names) {
    return names.stream().map(name -> alias + "." + quote(name)).collect(Collectors.joining(", "));
  }

  /** A condition that is true where all columns are equal, NULLs too. */
  static String same(String left, String right, Collection<String> names) {
    return names.stream()
        .map(
            name -> left + "." + quote(name) + " IS NOT DISTINCT FROM " + right + "." + quote(name))
        .collect(Collectors.joining(" AND "));
  }

  /** The columns of a relation, with NULL for those it lacks. */
  static String padded(String alias, List<Column> wanted, Collection<Column> present) {
    return wanted.stream()
        .map(
            column ->
                present.stream().anyMatch(each -> each.name().equalsIgnoreCase(column.name()))
                    ? alias + "." + column.quotedName()
                    : "CAST(NULL AS " + column.type().sql() + ") AS " + column.quotedName())
        .collect(Collectors.joining(", "));
  }

  static String instant(java.time.Instant instant) {
    return "make_timestamptz("
        + Math.addExact(
            Math.multiplyExact(instant.getEpochSecond(), 1_000_000L), instant.getNano() / 1000)
        + ")";
  }
}
