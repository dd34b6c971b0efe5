package dev.kith.sql;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kith.sql.FunctionCatalog.Trait;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Where a SELECT looks at several rows at a time, and by what these are told from the others. */
final class Gathering {

  private final FunctionCatalog functions;
  private final Places places;
  private final Consumer<Finding> found;

  Gathering(FunctionCatalog functions, Places places, Consumer<Finding> found) {
    this.functions = functions;
    this.places = places;
    this.found = found;
  }

  void select(JsonNode node, Keys keys) {
    groups(node, keys);
    windows(node.path("select_list"), "a window function looks at other rows", keys);
    windows(node.path("modifiers"), "a window function looks at other rows", keys);
    windows(node.path("qualify"), "QUALIFY looks at other rows", keys);
    distinct(node, keys);
  }

  void distinct(JsonNode node, Keys keys) {
    for (JsonNode modifier : node.path("modifiers")) {
      if (Tree.type(modifier).equals("DISTINCT_MODIFIER")) {
        JsonNode targets = modifier.path("distinct_on_targets");
        found(
            "DISTINCT compares rows", node, targets.isEmpty() ? keys.ofResult() : keys.of(targets));
      }
    }
  }

  private void groups(JsonNode node, Keys keys) {
    JsonNode expressions = node.path("group_expressions");
    JsonNode sets = node.path("group_sets");
    String handling = node.path("aggregate_handling").asText();
    if (!expressions.isEmpty() || !sets.isEmpty()) {
      boolean plain = isWhole(sets, expressions.size()) && handling.equals("STANDARD_HANDLING");
      Finding finding =
          new Finding(
              plain
                  ? "GROUP BY brings rows together"
                  : "GROUP BY with several sets brings rows together",
              places.of(expressions.isEmpty() ? node : expressions),
              plain ? Optional.of(keys.of(expressions)) : Optional.empty());
      found.accept(finding);
    } else if (handling.equals("FORCE_AGGREGATES")) {
      found("GROUP BY ALL brings rows together", node, keys.ofResult());
    } else if (!handling.equals("STANDARD_HANDLING")) {
      found.accept(Finding.unclear("'" + handling + "' is not known", places.of(node)));
    } else if (node.has("having")) {
      found("HAVING is about groups of rows", node.path("having"), List.of());
    } else {
      Stream.of("select_list", "qualify", "modifiers")
          .flatMap(field -> Tree.own(node.path(field)))
          .filter(this::isAggregate)
          .findFirst()
          .ifPresent(
              call ->
                  found("'" + Tree.functionName(call) + "' brings rows together", call, List.of()));
    }
  }

  /** Whether the grouping is by all of the expressions, once. */
  private static boolean isWhole(JsonNode sets, int expressions) {
    return sets.size() == 1
        && sets.get(0).size() == expressions
        && IntStream.range(0, expressions)
            .allMatch(i -> Tree.stream(sets.get(0)).anyMatch(index -> index.asInt(-1) == i));
  }

  private void windows(JsonNode expressions, String reason, Keys keys) {
    Tree.own(expressions)
        .filter(expression -> Tree.isExpression(expression, "WINDOW"))
        .forEach(window -> found(reason, window, keys.ofPartition(window.path("partitions"))));
  }

  boolean isAggregate(JsonNode expression) {
    return Tree.isExpression(expression, "FUNCTION")
        && functions
            .traits(Tree.functionName(expression), Tree.arguments(expression).size())
            .contains(Trait.AGGREGATE);
  }

  private void found(String reason, JsonNode about, List<InputPart> among) {
    found.accept(new Finding(reason, places.of(about), Optional.of(among)));
  }
}
