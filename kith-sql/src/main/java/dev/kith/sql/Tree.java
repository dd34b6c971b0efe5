package dev.kith.sql;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.LongSummaryStatistics;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Reading DuckDB's syntax tree, which comes as JSON: objects with a {@code type} (query nodes and
 * tables) or a {@code class} and {@code type} (expressions). What is empty is left out.
 */
final class Tree {

  /** Where a node has no place of its own. */
  static final long NO_LOCATION = -1;

  private Tree() {}

  static String type(JsonNode node) {
    return node.path("type").asText("");
  }

  /** COLUMN_REF, FUNCTION and so on for expressions; empty for everything else. */
  static String expressionClass(JsonNode node) {
    return node.path("class").asText("");
  }

  static boolean isExpression(JsonNode node, String expressionClass) {
    return expressionClass(node).equals(expressionClass);
  }

  /** The first byte of the node's text. */
  static long location(JsonNode node) {
    JsonNode location = node.path("query_location");
    return location.isIntegralNumber() && location.canConvertToInt()
        ? location.asLong()
        : NO_LOCATION;
  }

  static long length(JsonNode node) {
    return node.path("query_location_length").asLong(0);
  }

  /**
   * First byte and byte after the last one of the node's text: an operator's own place is between
   * its operands. {@link #NO_LOCATION} twice if neither it nor a node below has a place.
   */
  static long[] extent(JsonNode node) {
    LongSummaryStatistics starts = new LongSummaryStatistics();
    LongSummaryStatistics ends = new LongSummaryStatistics();
    descendants(node)
        .filter(n -> location(n) != NO_LOCATION)
        .forEach(
            n -> {
              starts.accept(location(n));
              ends.accept(location(n) + length(n));
            });
    return starts.getCount() == 0
        ? new long[] {NO_LOCATION, NO_LOCATION}
        : new long[] {starts.getMin(), ends.getMax()};
  }

  static List<String> strings(JsonNode array) {
    List<String> strings = new ArrayList<>();
    array.forEach(item -> strings.add(item.asText()));
    return List.copyOf(strings);
  }

  static Stream<JsonNode> stream(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  /** The node and all objects below it, in the order of the tree. */
  static Stream<JsonNode> descendants(JsonNode node) {
    List<JsonNode> found = new ArrayList<>(); // nested streams took more time than anything else
    addDescendants(node, found);
    return found.stream();
  }

  private static void addDescendants(JsonNode node, List<JsonNode> found) {
    if (node.isObject()) {
      found.add(node);
    }
    for (JsonNode below : node) {
      addDescendants(below, found);
    }
  }

  /** As {@link #descendants}, without the queries in expressions. */
  static Stream<JsonNode> own(JsonNode expressions) {
    if (!expressions.isObject()) {
      return stream(expressions).flatMap(Tree::own);
    }
    boolean subquery = isExpression(expressions, "SUBQUERY");
    Stream<JsonNode> below =
        expressions.properties().stream()
            .filter(field -> !(subquery && field.getKey().equals("subquery")))
            .flatMap(field -> own(field.getValue()));
    return Stream.concat(Stream.of(expressions), below);
  }

  /** Parts of the name in {@code qualified_name}, the last one being the name itself. */
  static List<String> path(JsonNode node) {
    return strings(node.path("qualified_name").path("path"));
  }

  /** Of a function or window, in lower case and without its schema. */
  static String functionName(JsonNode node) {
    return node.path("function_name").asText("").toLowerCase(Locale.ROOT);
  }

  /** A column reference's parts, as written: {@code [table, column, field]}. */
  static List<String> columnPath(JsonNode columnReference) {
    return strings(columnReference.path("column_names"));
  }

  /** In lower case. */
  static List<String> lambdaParameters(JsonNode lambda) {
    return descendants(lambda.path("lhs"))
        .filter(node -> isExpression(node, "COLUMN_REF"))
        .map(node -> columnPath(node).get(0).toLowerCase(Locale.ROOT))
        .toList();
  }

  /** The arguments of a function, without their names. */
  static List<JsonNode> arguments(JsonNode function) {
    return stream(function.path("arguments")).map(argument -> argument.path("expression")).toList();
  }

  /** CTE name to its query, in order. */
  static List<Cte> ctes(JsonNode queryNode) {
    return stream(queryNode.path("cte_map").path("map"))
        .map(
            entry -> {
              JsonNode value = entry.path("value");
              return new Cte(
                  entry.path("key").asText().toLowerCase(Locale.ROOT),
                  strings(value.path("aliases")),
                  value.path("query_node"));
            })
        .toList();
  }

  /** {@code name(aliases) AS (query)}. */
  record Cte(String name, List<String> aliases, JsonNode query) {}
}
