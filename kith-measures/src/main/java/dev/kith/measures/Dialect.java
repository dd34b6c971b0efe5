package dev.kith.measures;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The spellings in which engines differ, as DuckDB has them. Everything else that the compiler
 * writes is plain SQL: CTE-free selects, joins, grouping, FILTER and row_number.
 *
 * <p>Texts are ordered by their UTF-8 bytes, NULL is the greatest value also within rows, and
 * aggregates of no values are NULL.
 */
final class Dialect {

  private static final DateTimeFormatter INSTANT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private Dialect() {}

  static String quoted(String name) {
    return "\"" + name.replace("\"", "\"\"") + "\"";
  }

  static String text(String value) {
    return "'" + value.replace("'", "''") + "'";
  }

  static String instant(Instant instant) {
    return "TIMESTAMPTZ '" + INSTANT.format(instant) + "+00'";
  }

  /** An instant before all others. */
  static String beforeAll() {
    return "TIMESTAMPTZ '-infinity'";
  }

  /** Local times and dates are read in the session's zone, as local midnight if need be. */
  static String asInstant(String expression) {
    return "CAST(" + expression + " AS TIMESTAMP WITH TIME ZONE)";
  }

  /** The date in the session's zone. */
  static String localDate(String instant) {
    return "CAST(" + instant + " AS DATE)";
  }

  static String cast(String expression, String type) {
    return "CAST(" + expression + " AS " + type + ")";
  }

  /** Microseconds since 1970, for differences of instants without a calendar. */
  static String microseconds(String instant) {
    return "epoch_us(" + instant + ")";
  }

  static String quantile(String value, double fraction) {
    return "quantile_cont(" + value + ", " + fraction + ")";
  }

  /** The value of the row that comes last in the order of some columns, NULL being the greatest. */
  static String valueOfLast(String value, List<String> order) {
    return "max_by(" + value + ", " + row(order) + ")";
  }

  static String valueOfFirst(String value, List<String> order) {
    return "min_by(" + value + ", " + row(order) + ")";
  }

  /**
   * A list of the values with the greatest keys, greatest first; keys that are NULL don't count.
   */
  static String valuesOfGreatest(String value, String key, int limit) {
    return "max_by(" + value + ", " + key + ", " + limit + ")";
  }

  private static String row(List<String> values) {
    return "row(" + String.join(", ", values) + ")";
  }

  /** Descending, NULL being the greatest. */
  static String descending(String expression) {
    return expression + " DESC NULLS FIRST";
  }

  /** A list of all values; nothing is kept of rows for which the condition does not hold. */
  static String list(String value, String order) {
    return "list(" + value + " ORDER BY " + order + ")";
  }

  /** As {@link #list(String, String)}, in no order. */
  static String list(String value) {
    return "list(" + value + ")";
  }

  /** A list in ascending order, as rows are compared: by their first columns. */
  static String sorted(String list) {
    return "list_sort(" + list + ")";
  }

  static String firstOf(String list, int limit) {
    return "list_slice(" + list + ", 1, " + limit + ")";
  }

  static String struct(List<String> names, List<String> values) {
    return java.util.stream.IntStream.range(0, names.size())
        .mapToObj(i -> text(names.get(i)) + ": " + values.get(i))
        .collect(Collectors.joining(", ", "{", "}"));
  }

  /** A map from a list of structs of key and value. */
  static String map(String entries) {
    return "map_from_entries(" + entries + ")";
  }
}
