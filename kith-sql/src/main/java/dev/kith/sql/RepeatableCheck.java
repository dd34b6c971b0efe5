package dev.kith.sql;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kith.sql.FunctionCatalog.Trait;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Whether everything in a query depends on its tables' rows only. Knows the kinds of expressions
 * that do; all others are refused.
 */
final class RepeatableCheck {

  /**
   * @param node what the reason is about
   */
  record Objection(String reason, JsonNode node) {}

  private static final Set<String> KNOWN =
      Set.of(
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

  RepeatableCheck(FunctionCatalog functions) {
    this.functions = functions;
  }

  /** Why the query, or something in it, depends on more. */
  Optional<Objection> objection(JsonNode tree) {
    if (tree.isObject()) {
      Optional<String> reason = reason(tree);
      if (reason.isPresent()) {
        return Optional.of(new Objection(reason.get(), tree));
      }
      if (Tree.type(tree).equals("TABLE_FUNCTION")) {
        // Its name is not in the catalog's list; those allowed were looked at when it was parsed.
        return objection(tree.path("function").path("arguments"));
      }
    }
    return Tree.stream(tree).flatMap(child -> objection(child).stream()).findFirst();
  }

  private Optional<String> reason(JsonNode node) {
    String kind = Tree.expressionClass(node);
    return switch (kind) {
      case "" ->
          node.path("sample").isObject()
              ? Optional.of("a sample is another one each time")
              : Optional.empty();
      case "COLUMN_REF" ->
          FunctionCatalog.isClock(node) ? Optional.of("the clock is read") : Optional.empty();
      case "PARAMETER" -> Optional.of(":as_of changes from run to run");
      case "FUNCTION", "WINDOW" -> reasonOfFunction(node);
      case "OPERATOR" ->
          OPERATORS.contains(Tree.type(node)) ? Optional.empty() : unknown(Tree.type(node));
      default -> KNOWN.contains(kind) ? Optional.empty() : unknown(kind);
    };
  }

  private Optional<String> reasonOfFunction(JsonNode node) {
    String name = Tree.functionName(node);
    Set<Trait> traits = EnumSet.noneOf(Trait.class);
    traits.addAll(functions.traits(name, Tree.arguments(node).size()));
    traits.remove(Trait.AGGREGATE);
    traits.remove(Trait.WINDOW);
    if (traits.contains(Trait.UNKNOWN)) {
      return unknown(name);
    }
    return traits.isEmpty()
        ? Optional.empty()
        : Optional.of("'" + name + "' depends on more than the row");
  }

  private static Optional<String> unknown(String what) {
    return Optional.of("'" + what.toLowerCase(Locale.ROOT) + "' is not known to be row by row");
  }
}
