package dev.kith.sql;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kith.model.TableName;
import dev.kith.sql.Relation.Out;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The columns that a select list gives. */
final class SelectList {

  private SelectList() {}

  static Relation relation(JsonNode items, Scope scope, Set<TableName> inputs) {
    List<Out> outs = new ArrayList<>();
    boolean exact = true;
    for (JsonNode item : items) {
      if (Tree.isExpression(item, "STAR")) {
        Optional<List<Out>> expanded = star(item, scope);
        expanded.ifPresent(outs::addAll);
        exact &= expanded.isPresent();
      } else {
        exact &= isOneColumn(item);
        outs.add(item(item, scope));
      }
    }
    return new Relation(inputs, outs, exact);
  }

  private static Out item(JsonNode item, Scope scope) {
    Optional<Out> column = scope.value(item);
    String name = item.has("alias") ? item.path("alias").asText() : lastOf(Tree.columnPath(item));
    return column.map(out -> out.named(name)).orElseGet(() -> Out.computed(name));
  }

  /** Columns and unnested structs may be any number of columns. */
  static boolean isOneColumn(JsonNode item) {
    return Tree.own(item)
        .noneMatch(
            node ->
                Tree.isExpression(node, "STAR")
                    || (Tree.isExpression(node, "FUNCTION")
                        && Tree.functionName(node).equals("unnest")));
  }

  private static Optional<List<Out>> star(JsonNode star, Scope scope) {
    if (star.path("columns").asBoolean()
        || star.has("expr")
        || star.has("qualified_exclude_list")) {
      return Optional.empty();
    }
    Set<String> excluded =
        Tree.strings(star.path("exclude_list")).stream()
            .map(name -> name.toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet());
    Map<String, Out> replaced = new HashMap<>();
    for (JsonNode entry : star.path("replace_list")) {
      String name = entry.path("key").asText();
      Optional<Out> column = scope.value(entry.path("value"));
      replaced.put(
          name.toLowerCase(Locale.ROOT),
          column.map(out -> out.named(name)).orElseGet(() -> Out.computed(name)));
    }
    Map<String, String> renamed = new HashMap<>();
    for (JsonNode entry : star.path("rename_list")) {
      renamed.put(
          entry.path("key").path("column").asText().toLowerCase(Locale.ROOT),
          entry.path("value").asText());
    }
    return scope
        .columns(star.path("relation_name").asText(""))
        .map(
            all ->
                all.stream()
                    .filter(out -> !excluded.contains(lower(out)))
                    .map(out -> replaced.getOrDefault(lower(out), out))
                    .map(out -> out.named(renamed.getOrDefault(lower(out), out.name())))
                    .toList());
  }

  private static String lower(Out out) {
    return out.name().toLowerCase(Locale.ROOT);
  }

  private static String lastOf(List<String> path) {
    return path.isEmpty() ? "" : path.get(path.size() - 1);
  }
}
