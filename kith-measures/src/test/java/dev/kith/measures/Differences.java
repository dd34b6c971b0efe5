package dev.kith.measures;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a table of changes should hold, found out by comparing row by row. */
final class Differences {

  private Differences() {}

  /**
   * By person: {@code added}, {@code removed}, or {@code changed} and the names of the columns.
   *
   * @param before rows by person
   * @param after likewise, with the same columns
   */
  static Map<Long, List<Object>> of(
      Map<Long, Map<String, @Nullable Object>> before,
      Map<Long, Map<String, @Nullable Object>> after) {
    Map<Long, List<Object>> differences = new LinkedHashMap<>();
    Set<Long> people = new LinkedHashSet<>(before.keySet());
    people.addAll(after.keySet());
    for (Long person : people) {
      if (!before.containsKey(person)) {
        differences.put(person, List.of("added"));
      } else if (!after.containsKey(person)) {
        differences.put(person, List.of("removed"));
      } else {
        List<String> columns =
            columns(
                Objects.requireNonNull(before.get(person)),
                Objects.requireNonNull(after.get(person)));
        if (!columns.isEmpty()) {
          differences.put(person, List.of("changed", columns));
        }
      }
    }
    return differences;
  }

  private static List<String> columns(
      Map<String, @Nullable Object> before, Map<String, @Nullable Object> after) {
    List<String> columns = new ArrayList<>();
    after.forEach(
        (column, value) -> {
          if (differ(before.get(column), value)) {
            columns.add(column);
          }
        });
    return columns;
  }

  private static boolean differ(@Nullable Object before, @Nullable Object after) {
    if (before instanceof Double a && after instanceof Double b) {
      return Math.abs(a - b) > 1e-9 * Math.max(Math.abs(a), Math.abs(b));
    }
    return !Objects.equals(before, after);
  }
}
