package dev.kith.sql;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kith.model.Located;
import dev.kith.sql.FunctionCatalog.Trait;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** What an expression names and calls. */
record ExpressionContent(
    List<Located<String>> columns,
    Set<String> functions,
    boolean aggregate,
    boolean window,
    boolean subquery) {

  ExpressionContent {
    columns = List.copyOf(columns);
    functions = Set.copyOf(functions);
  }

  static ExpressionContent of(JsonNode tree, Places places, FunctionCatalog catalog) {
    Collector collector = new Collector(places, catalog);
    collector.visit(tree, Set.of());
    return new ExpressionContent(
        collector.columns,
        collector.functions,
        collector.aggregate,
        collector.window,
        collector.subquery);
  }

  private static final class Collector {
    private final Places places;
    private final FunctionCatalog catalog;
    private final List<Located<String>> columns = new ArrayList<>();
    private final Set<String> functions = new TreeSet<>();
    private boolean aggregate;
    private boolean window;
    private boolean subquery;

    Collector(Places places, FunctionCatalog catalog) {
      this.places = places;
      this.catalog = catalog;
    }

    /**
     * @param parameters of the lambdas around, in lower case
     */
    void visit(JsonNode node, Set<String> parameters) {
      switch (Tree.expressionClass(node)) {
        case "COLUMN_REF" -> column(node, parameters);
        case "FUNCTION" -> function(node);
        case "WINDOW" -> {
          window = true;
          functions.add(Tree.functionName(node));
        }
        case "SUBQUERY" -> subquery = true;
        case "LAMBDA" -> {
          Set<String> inner = new HashSet<>(parameters);
          inner.addAll(Tree.lambdaParameters(node));
          visit(node.path("expr"), inner);
          return;
        }
        default -> {}
      }
      node.forEach(child -> visit(child, parameters));
    }

    private void column(JsonNode node, Set<String> parameters) {
      String name = Tree.columnPath(node).get(0);
      if (!parameters.contains(name.toLowerCase(Locale.ROOT))) {
        columns.add(new Located<>(name, places.of(node)));
      }
    }

    private void function(JsonNode node) {
      String name = Tree.functionName(node);
      functions.add(name);
      Set<Trait> traits = catalog.traits(name, Tree.arguments(node).size());
      // min, max and the like are scalar nowhere; a name that is both is an aggregate here.
      aggregate |= traits.contains(Trait.AGGREGATE);
      window |= traits.contains(Trait.WINDOW);
    }
  }
}
