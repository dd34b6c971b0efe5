package dev.kith.sql;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kith.sql.FunctionCatalog.Trait;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Whether an expression depends on its row only. Knows the kinds of expressions that do; all others
 * are refused.
 */
final class ScalarCheck {

  /**
   * @param node what the reason is about
   */
  record Objection(String reason, JsonNode node) {}

  private static final Set<String> SCALAR =
      Set.of(
          "COLUMN_REF",
          "CONSTANT",
          "CAST",
          "TYPE",
          "CASE",
          "COMPARISON",
          "CONJUNCTION",
          "BETWEEN",
          "LAMBDA",
          "COLLATE",
          "STAR",
          "FUNCTION",
          "OPERATOR",
          "SUBQUERY");

  private static final Set<String> OPERATORS =
      Set.of(
          "OPERATOR_NOT",
          "OPERATOR_IS_NULL",
          "OPERATOR_IS_NOT_NULL",
          "COMPARE_IN",
          "COMPARE_NOT_IN",
          "OPERATOR_COALESCE",
          "ARRAY_EXTRACT",
          "ARRAY_SLICE",
          "STRUCT_EXTRACT",
          "ARRAY_CONSTRUCTOR",
          "OPERATOR_TRY",
          "OPERATOR_NULLIF");

  private final FunctionCatalog functions;

  ScalarCheck(FunctionCatalog functions) {
    this.functions = functions;
  }

  /** Why the expression, or one in it, depends on more than its row. */
  Optional<Objection> objection(JsonNode tree) {
    if (tree.isObject()) {
      Optional<String> reason = reason(tree);
      if (reason.isPresent()) {
        return Optional.of(new Objection(reason.get(), tree));
      }
      if (Tree.isExpression(tree, "SUBQUERY")) {
        return Tree.descendants(tree)
            .flatMap(node -> withinSubquery(node).map(why -> new Objection(why, node)).stream())
            .findFirst();
      }
    }
    return Tree.stream(tree).flatMap(child -> objection(child).stream()).findFirst();
  }

  private Optional<String> reason(JsonNode node) {
    String kind = Tree.expressionClass(node);
    return switch (kind) {
      case "" -> Optional.empty();
      case "COLUMN_REF" ->
          FunctionCatalog.isClock(node) ? Optional.of("the clock is read") : Optional.empty();
      case "WINDOW" -> Optional.of("a window function looks at other rows");
      case "PARAMETER" -> Optional.of(":as_of changes from run to run");
      case "FUNCTION" -> reasonOfFunction(node, EnumSet.noneOf(Trait.class));
      case "OPERATOR" ->
          OPERATORS.contains(Tree.type(node)) ? Optional.empty() : unknown(Tree.type(node));
      default -> SCALAR.contains(kind) ? Optional.empty() : unknown(kind);
    };
  }

  private Optional<String> reasonOfFunction(JsonNode node, Set<Trait> allowed) {
    String name = Tree.functionName(node);
    Set<Trait> traits = EnumSet.noneOf(Trait.class);
    traits.addAll(functions.traits(name, Tree.arguments(node).size()));
    traits.removeAll(allowed);
    if (traits.contains(Trait.AGGREGATE)) {
      return Optional.of("'" + name + "' brings rows together");
    }
    if (traits.contains(Trait.UNKNOWN)) {
      return unknown(name);
    }
    return traits.isEmpty()
        ? Optional.empty()
        : Optional.of("'" + name + "' depends on more than the row");
  }

  /** A subquery over the row's own lists may do anything but read tables. */
  private Optional<String> withinSubquery(JsonNode node) {
    if (Tree.type(node).equals("BASE_TABLE")) {
      return Optional.of("a subquery reads another table");
    }
    return switch (Tree.expressionClass(node)) {
      case "WINDOW" -> Optional.empty();
      case "FUNCTION" -> reasonOfFunction(node, EnumSet.of(Trait.AGGREGATE, Trait.WINDOW));
      default -> reason(node);
    };
  }

  private static Optional<String> unknown(String what) {
    return Optional.of("'" + what.toLowerCase(Locale.ROOT) + "' is not known to be row by row");
  }
}
