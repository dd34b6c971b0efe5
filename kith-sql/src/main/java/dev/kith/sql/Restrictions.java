package dev.kith.sql;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kith.model.Diagnostic;
import dev.kith.model.Problems;
import dev.kith.model.SourceSpan;
import dev.kith.model.TableName;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What SQL of people's may not do, looked for in a whole syntax tree. */
final class Restrictions {

  private static final Set<String> TABLE_FUNCTIONS =
      Set.of("unnest", "generate_series", "range", "repeat", "json_each", "json_tree");

  private static final Set<String> SYSTEM_SCHEMAS =
      Set.of("main", "memory", "system", "temp", "information_schema", "pg_catalog");

  /** Nodes that are neither expressions nor these are refused: tables could hide in them. */
  private static final Set<String> QUERY_NODES =
      Set.of("SELECT_NODE", "SET_OPERATION_NODE", "RECURSIVE_CTE_NODE");

  private static final Set<String> TABLE_NODES =
      Set.of(
          "BASE_TABLE", "SUBQUERY", "JOIN", "TABLE_FUNCTION", "EXPRESSION_LIST", "PIVOT", "EMPTY");

  private static final Set<String> MODIFIERS =
      Set.of("ORDER_MODIFIER", "LIMIT_MODIFIER", "LIMIT_PERCENT_MODIFIER", "DISTINCT_MODIFIER");

  private final Places places;
  private final FunctionCatalog functions;
  private final boolean definition;
  private final Problems problems;

  Restrictions(Places places, FunctionCatalog functions, Purpose purpose, Problems problems) {
    this.places = places;
    this.functions = functions;
    this.definition = purpose == Purpose.DEFINITION;
    this.problems = problems;
  }

  void check(JsonNode tree) {
    Tree.descendants(tree).forEach(this::checkNode);
  }

  private void checkNode(JsonNode node) {
    switch (Tree.expressionClass(node)) {
      case "" -> checkOther(node);
      case "FUNCTION", "WINDOW" -> checkFunction(node);
      case "COLUMN_REF" -> checkColumn(node);
      case "PARAMETER" -> checkParameter(node);
      default -> {}
    }
  }

  private void checkOther(JsonNode node) {
    switch (Tree.type(node)) {
      case "BASE_TABLE" -> checkTable(node);
      case "TABLE_FUNCTION" -> checkTableFunction(node);
      case "SHOW_REF" ->
          refuse(
              SqlCode.NOT_A_QUERY, places.of(node), "DESCRIBE, SHOW and SUMMARIZE are no queries");
      default -> {
        if (isUnknown(node)) {
          refuse(
              SqlCode.UNSUPPORTED,
              places.of(node),
              "'" + Tree.type(node).toLowerCase(Locale.ROOT) + "' is not known to Kith");
        }
      }
    }
    JsonNode sample = node.path("sample");
    if (definition && sample.isObject()) {
      refuse(SqlCode.NOT_REPEATABLE, places.of(node), "a sample gives other rows each time");
    }
    if (node.path("at_clause").isObject()) {
      refuse(SqlCode.UNSUPPORTED, places.of(node), "AT (VERSION ...) is not known to Kith");
    }
  }

  /** Whether this is a query or table of a sort that could read something unseen. */
  private static boolean isUnknown(JsonNode node) {
    String type = Tree.type(node);
    boolean query = type.endsWith("_NODE") || node.has("cte_map");
    boolean modifier = type.endsWith("_MODIFIER");
    boolean table = node.has("query_location") && !type.isEmpty();
    return (query && !QUERY_NODES.contains(type))
        || (modifier && !MODIFIERS.contains(type))
        || (table && !query && !modifier && !TABLE_NODES.contains(type));
  }

  private void checkTable(JsonNode node) {
    List<String> path = Tree.path(node);
    String name = String.join(".", path);
    SourceSpan span = places.of(node);
    if (path.size() > 2
        || (path.size() == 2 && SYSTEM_SCHEMAS.contains(path.get(0).toLowerCase(Locale.ROOT)))) {
      refuse(SqlCode.SYSTEM_TABLE, span, "'" + name + "' is not a table of the project");
    } else if (!path.stream().allMatch(TableName::isIdentifier)) {
      boolean file = name.matches(".*[./\\\\*].*");
      problems.add(
          Diagnostic.error(
              file ? SqlCode.FILE_AS_TABLE : SqlCode.UNKNOWN_TABLE,
              span,
              file ? "the file '" + name + "' is no table" : "there is no table '" + name + "'",
              file
                  ? "define a source with 'from: {files: " + name + "}', and use its name"
                  : "names of tables are letters, digits and underscores"));
    }
  }

  private void checkTableFunction(JsonNode node) {
    String name = Tree.functionName(node.path("function"));
    if (!TABLE_FUNCTIONS.contains(name)) {
      problems.add(
          Diagnostic.error(
              SqlCode.TABLE_FUNCTION,
              places.of(node),
              "the table function '" + name + "' is not allowed",
              name.startsWith("read_") || name.endsWith("_scan") || name.equals("glob")
                  ? "define a source with 'from: {files: ...}', and use its name"
                  : "allowed are "
                      + String.join(", ", TABLE_FUNCTIONS.stream().sorted().toList())));
    }
  }

  private void checkFunction(JsonNode node) {
    if (!definition) {
      return;
    }
    String name = Tree.functionName(node);
    Set<FunctionCatalog.Trait> traits = functions.traits(name, Tree.arguments(node).size());
    if (traits.contains(FunctionCatalog.Trait.CLOCK)) {
      clock(name, places.of(node));
    } else if (traits.contains(FunctionCatalog.Trait.NOT_REPEATABLE)) {
      refuse(
          SqlCode.NOT_REPEATABLE,
          places.of(node),
          "'" + name + "' gives another result each time, or changes the session");
    } else if (traits.contains(FunctionCatalog.Trait.SYSTEM)) {
      refuse(SqlCode.SYSTEM_TABLE, places.of(node), "'" + name + "' looks into system tables");
    }
  }

  private void checkColumn(JsonNode node) {
    if (definition && FunctionCatalog.isClock(node)) {
      clock(Tree.columnPath(node).get(0).toLowerCase(Locale.ROOT), places.of(node));
    }
  }

  private void clock(String name, SourceSpan span) {
    problems.add(
        Diagnostic.error(
            SqlCode.CLOCK,
            span,
            "'" + name + "' reads the clock",
            "use :as_of, the instant that the run computes for"));
  }

  /** {@code ?}; those with names were looked for before. */
  private void checkParameter(JsonNode node) {
    if (!places.textOf(node).equalsIgnoreCase(SqlText.AS_OF)) {
      problems.add(QueryParser.parameter(places.textOf(node), places.of(node)));
    }
  }

  private void refuse(SqlCode code, SourceSpan span, String message) {
    problems.add(Diagnostic.error(code, span, message));
  }
}
