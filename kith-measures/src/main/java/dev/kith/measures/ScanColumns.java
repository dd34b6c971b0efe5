package dev.kith.measures;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** Expressions over the rows of a table, each computed once under a short name. */
final class ScanColumns {

  private final String prefix;
  private final Map<String, String> names = new LinkedHashMap<>();

  ScanColumns() {
    this("kith_e");
  }

  /**
   * @param prefix of the names
   */
  ScanColumns(String prefix) {
    this.prefix = prefix;
  }

  /** The name under which the expression can be used. */
  String name(String expression) {
    return names.computeIfAbsent(expression, key -> prefix + (names.size() + 1));
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

  /** Hands over each expression and its name, in order. */
  void forEach(BiConsumer<String, String> action) {
    names.forEach(action);
  }
}
