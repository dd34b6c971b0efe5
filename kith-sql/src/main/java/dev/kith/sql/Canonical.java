package dev.kith.sql;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A syntax tree as text, without places: the same for SQL that differs in comments, layout and the
 * case of keywords, functions and types only. Names of columns keep their case, since they name the
 * output.
 */
final class Canonical {

  private static final Set<String> PLACES = Set.of("query_location", "query_location_length");

  private Canonical() {}

  static String of(JsonNode tree) {
    StringBuilder text = new StringBuilder();
    write(tree, "", text);
    return text.toString();
  }

  private static void write(JsonNode node, String key, StringBuilder text) {
    if (node.isObject()) {
      boolean anyCase = Tree.isExpression(node, "FUNCTION") || Tree.isExpression(node, "WINDOW");
      boolean type = Tree.isExpression(node, "TYPE");
      text.append('{');
      for (Map.Entry<String, JsonNode> field : sorted(node).entrySet()) {
        String name = field.getKey();
        boolean named = name.endsWith("_name") || name.equals("qualified_name");
        text.append(name).append(':');
        if (named && (anyCase || type)) {
          text.append(field.getValue().toString().toLowerCase(Locale.ROOT));
        } else {
          write(field.getValue(), name, text);
        }
        text.append(';');
      }
      text.append('}');
    } else if (node.isArray()) {
      text.append('[');
      node.forEach(
          item -> {
            write(item, key, text);
            text.append(',');
          });
      text.append(']');
    } else {
      text.append(node);
    }
  }

  private static Map<String, JsonNode> sorted(JsonNode node) {
    Map<String, JsonNode> fields = new TreeMap<>();
    node.properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
    PLACES.forEach(fields::remove);
    return fields;
  }
}
