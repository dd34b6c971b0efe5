package dev.kith.sql;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kith.sql.FunctionCatalog.Trait;
import java.util.Set;

/**
 * Whether a query gives the same rows whenever it is computed from the same rows, in whatever order
 * the engine meets them. Where several rows may win, such as ties of a {@code row_number()} or the
 * rows that a LIMIT leaves, nothing is promised. Knows what is stable; all else is not.
 */
final class StableRows {

  /** Their results do not depend on the order of rows, but for the last digits of a DOUBLE. */
  private static final Set<String> AGGREGATES =
      Set.of(
          "avg",
          "bit_and",
          "bit_or",
          "bit_xor",
          "bool_and",
          "bool_or",
          "count",
          "count_if",
          "count_star",
          "countif",
          "max",
          "mean",
          "median",
          "min",
          "quantile_cont",
          "quantile_disc",
          "stddev",
          "stddev_pop",
          "stddev_samp",
          "sum",
          "var_pop",
          "var_samp",
          "variance");

  /** Rows that are equal in the order get the same number. */
  private static final Set<String> RANKS =
      Set.of("rank", "rank_dense", "dense_rank", "percent_rank", "cume_dist");

  private static final Set<String> TABLES =
      Set.of("BASE_TABLE", "SUBQUERY", "JOIN", "EMPTY", "EXPRESSION_LIST", "TABLE_FUNCTION");

  private static final Set<String> JOINS = Set.of("REGULAR", "NATURAL", "CROSS", "DEPENDENT");

  private static final Set<String> QUERIES =
      Set.of("SELECT_NODE", "SET_OPERATION_NODE", "CTE_NODE", "RECURSIVE_CTE_NODE");

  private final FunctionCatalog functions;

  StableRows(FunctionCatalog functions) {
    this.functions = functions;
  }

  /** Whether the rows of a query node are always the same. */
  boolean areIn(JsonNode query) {
    return QUERIES.contains(Tree.type(query)) && Tree.descendants(query).allMatch(this::isStable);
  }

  private boolean isStable(JsonNode node) {
    if (node.path("sample").isObject()
        || (node.has("from_table") && !TABLES.contains(Tree.type(node.path("from_table"))))) {
      return false;
    }
    return switch (Tree.expressionClass(node)) {
      case "" -> isStableStructure(node);
      case "WINDOW" -> isStableWindow(node);
      case "FUNCTION" -> isStableFunction(node);
      // What a collation takes for equal may be written in several ways.
      case "COLLATE", "POSITIONAL_REFERENCE" -> false;
      default -> true;
    };
  }

  private static boolean isStableStructure(JsonNode node) {
    return switch (Tree.type(node)) {
      case "LIMIT_MODIFIER", "LIMIT_PERCENT_MODIFIER" -> false;
      case "DISTINCT_MODIFIER" -> node.path("distinct_on_targets").isEmpty();
      case "JOIN" ->
          JOINS.contains(node.path("ref_type").asText())
              && TABLES.contains(Tree.type(node.path("left")))
              && TABLES.contains(Tree.type(node.path("right")));
      default -> true;
    };
  }

  private boolean isStableFunction(JsonNode call) {
    Set<Trait> traits = functions.traits(Tree.functionName(call), Tree.arguments(call).size());
    return !traits.contains(Trait.AGGREGATE) || isStableAggregate(call);
  }

  /** The smallest or greatest several values, or a value by another, may be tied. */
  private static boolean isStableAggregate(JsonNode call) {
    String name = Tree.functionName(call);
    boolean several = (name.equals("min") || name.equals("max")) && Tree.arguments(call).size() > 1;
    return AGGREGATES.contains(name) && !several;
  }

  private static boolean isStableWindow(JsonNode window) {
    boolean plain =
        window.path("start").asText().equals("UNBOUNDED_PRECEDING")
            && Set.of("CURRENT_ROW_RANGE", "UNBOUNDED_FOLLOWING")
                .contains(window.path("end").asText())
            && window.path("exclude_clause").asText().equals("NO_OTHER");
    return plain && (RANKS.contains(Tree.functionName(window)) || isStableAggregate(window));
  }
}
