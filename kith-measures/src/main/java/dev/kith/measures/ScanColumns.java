package dev.kith.measures;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Expressions over the rows of a table, each computed once under a short name. */
final class ScanColumns {

  private final Map<String, String> names = new LinkedHashMap<>();

  /** The name under which the expression can be used. */
  String name(String expression) {
    return names.computeIfAbsent(expression, key -> "kith_e" + (names.size() + 1));
  }

  /** {@code expression AS name}, in order. */
  List<String> definitions() {
    return names.entrySet().stream()
        .map(entry -> entry.getKey() + " AS " + entry.getValue())
        .toList();
  }

  List<String> all() {
    return List.copyOf(names.values());
  }
}
