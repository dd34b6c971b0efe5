package dev.kith.sql;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Columns whose names begin with an underscore: only a statement that names one sees it. */
final class HiddenColumns {

  private static final Set<String> FIELDS_WITH_NAMES =
      Set.of(
          "column_names", "exclude_list", "rename_list", "replace_list", "using_columns", "groups");

  private HiddenColumns() {}

  static boolean isHidden(String column) {
    return column.startsWith("_");
  }

  /** Those that a query names anywhere, in lower case; aliases may be among them. */
  static Set<String> namedIn(JsonNode tree) {
    Set<String> names = new TreeSet<>();
    visit(tree, names);
    return Collections.unmodifiableSet(names);
  }

  private static void visit(JsonNode node, Set<String> names) {
    if (node.isObject()) {
      FIELDS_WITH_NAMES.forEach(field -> collect(node.path(field), names));
    }
    node.forEach(below -> visit(below, names));
  }

  private static void collect(JsonNode node, Set<String> names) {
    if (node.isTextual() && isHidden(node.textValue())) {
      names.add(node.textValue().toLowerCase(Locale.ROOT));
    } else if (node.isContainerNode()) {
      node.forEach(item -> collect(item, names));
    }
  }
}
