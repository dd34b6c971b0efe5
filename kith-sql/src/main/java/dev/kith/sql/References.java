package dev.kith.sql;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The BASE_TABLE nodes of a query that are tables and not names of a WITH. A WITH's name holds from
 * the next one of the same WITH on, in its query and all below; in its own query only if that is
 * recursive.
 */
final class References {

  private final List<JsonNode> tables = new ArrayList<>();

  private References() {}

  static List<JsonNode> in(JsonNode tree) {
    References references = new References();
    references.visit(tree, Set.of());
    return List.copyOf(references.tables);
  }

  private void visit(JsonNode node, Set<String> names) {
    if (node.isArray()) {
      node.forEach(item -> visit(item, names));
    } else if (node.isObject()) {
      Set<String> inner = new HashSet<>(names);
      if (Tree.type(node).equals("RECURSIVE_CTE_NODE")) {
        inner.add(node.path("cte_name").asText().toLowerCase(Locale.ROOT));
      }
      for (Tree.Cte cte : Tree.ctes(node)) {
        visit(cte.query(), inner);
        inner.add(cte.name());
      }
      if (Tree.type(node).equals("BASE_TABLE") && !isCte(node, inner)) {
        tables.add(node);
      }
      node.properties()
          .forEach(
              field -> {
                if (!field.getKey().equals("cte_map")) {
                  visit(field.getValue(), inner);
                }
              });
    }
  }

  static boolean isCte(JsonNode table, Set<String> names) {
    List<String> path = Tree.path(table);
    return path.size() == 1 && names.contains(path.get(0).toLowerCase(Locale.ROOT));
  }
}
