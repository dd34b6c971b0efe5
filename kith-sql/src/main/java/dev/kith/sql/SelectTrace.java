package dev.kith.sql;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kith.sql.Derivation.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The columns of a select list, one item after the other, since each may name those before it. */
final class SelectTrace {

  /** Operators that make a condition on the columns' names of a star on their left. */
  private static final Set<String> STAR_CONDITIONS =
      Set.of("~~", "!~~", "~~*", "!~~*", "~~~", "regexp_full_match");

  private final TraceContext context;
  private final ExpressionTracer expressions;
  private final List<List<Traced>> items = new ArrayList<>();
  private final Map<String, Derivation> aliases = new HashMap<>();
  private boolean exact = true;

  private SelectTrace(ExpressionTracer expressions) {
    this.context = expressions.context();
    this.expressions = expressions;
  }

  /** Of a set operation, whose columns have their names from its first query. */
  static SelectTrace of(ExpressionTracer expressions, TracedRelation result) {
    SelectTrace trace = new SelectTrace(expressions);
    trace.items.add(result.columns());
    trace.exact = result.exact();
    return trace;
  }

  SelectTrace(ExpressionTracer expressions, JsonNode selectList) {
    this(expressions);
    for (JsonNode item : selectList) {
      List<Traced> columns = item(item, expressions.withAliases(aliases, false));
      items.add(columns);
      if (item.has("alias") && columns.size() == 1) {
        aliases.putIfAbsent(
            item.path("alias").asText().toLowerCase(Locale.ROOT), columns.get(0).derivation());
      }
    }
  }

  List<Traced> columns() {
    return items.stream().flatMap(List::stream).toList();
  }

  /** Whether it is known which columns there are. */
  boolean isExact() {
    return exact;
  }

  List<Traced> columnsOf(int item) {
    return items.get(item);
  }

  Map<String, Derivation> aliases() {
    return aliases;
  }

  /** An expression or the place of an output column, as in GROUP BY 1. */
  Derivation key(JsonNode expression, boolean aliasesFirst) {
    String number = expression.path("literal").path("text").asText("");
    if (Tree.isExpression(expression, "CONSTANT") && number.matches("[0-9]{1,4}")) {
      List<Traced> all = columns();
      int index = Integer.parseInt(number) - 1;
      return exact && index >= 0 && index < all.size() ? all.get(index).derivation() : everything();
    }
    if (Tree.isExpression(expression, "STAR") && aliasesFirst) {
      return everything(); // ORDER BY ALL
    }
    return expressions.withAliases(aliases, aliasesFirst).of(expression);
  }

  Derivation everything() {
    return Derivation.all(columns().stream().map(Traced::derivation));
  }

  private List<Traced> item(JsonNode item, ExpressionTracer tracer) {
    Optional<JsonNode> star = starOf(item);
    if (star.isEmpty()) {
      return isUnnest(item) ? unnested(item, tracer) : List.of(single(item, tracer));
    }
    boolean itself = Tree.isExpression(item, "STAR");
    StarColumns stars = new StarColumns(tracer);
    boolean condition = !itself && !star.get().path("columns").asBoolean();
    Optional<List<Traced>> found =
        condition ? stars.matching(context.textOf(item), star.get()) : stars.columns(star.get());
    if (found.isEmpty()) {
      exact = false;
      return List.of(Traced.untyped("", tracer.scope().everything().as(Influence.TRANSFORMATION)));
    }
    boolean renamed = item.has("alias");
    return found.get().stream()
        .map(
            column ->
                itself || condition
                    ? renamed ? column.named("") : column
                    : single(item, tracer.withStar(column)).named(""))
        .toList();
  }

  /** The star or COLUMNS(...) that makes several columns of an item. */
  private static Optional<JsonNode> starOf(JsonNode item) {
    if (Tree.isExpression(item, "STAR")) {
      return Optional.of(item);
    }
    if (Tree.isExpression(item, "FUNCTION")
        && STAR_CONDITIONS.contains(Tree.functionName(item))
        && !Tree.arguments(item).isEmpty()
        && Tree.isExpression(Tree.arguments(item).get(0), "STAR")) {
      return Optional.of(Tree.arguments(item).get(0));
    }
    return columnsCalls(item).findFirst();
  }

  /** Without those that *COLUMNS(...) makes arguments of one call. */
  private static Stream<JsonNode> columnsCalls(JsonNode node) {
    if (Tree.isExpression(node, "STAR")) {
      return node.path("columns").asBoolean() ? Stream.of(node) : Stream.empty();
    }
    boolean closed =
        Tree.isExpression(node, "SUBQUERY") || Tree.type(node).equals("OPERATOR_UNPACK");
    return closed ? Stream.empty() : Tree.stream(node).flatMap(SelectTrace::columnsCalls);
  }

  private Traced single(JsonNode item, ExpressionTracer tracer) {
    String alias = item.path("alias").asText("");
    if (Tree.isExpression(item, "COLUMN_REF")) {
      Traced column = tracer.column(item);
      List<String> path = Tree.columnPath(item);
      String name = alias.isEmpty() ? path.get(path.size() - 1) : alias;
      boolean asItIs =
          column.derivation().dependencies().stream()
              .anyMatch(dependency -> dependency.influence() == Influence.IDENTITY);
      return asItIs || path.size() == 1
          ? column.named(name)
          : new Traced(
              name, column.type(), column.derivation().by(new Step(name, context.textOf(item))));
    }
    Derivation derivation = tracer.of(item);
    // What has no name stands whole in the expression around.
    return Traced.untyped(
        alias, alias.isEmpty() ? derivation : derivation.by(new Step(alias, context.textOf(item))));
  }

  private static boolean isUnnest(JsonNode item) {
    return Tree.isExpression(item, "FUNCTION") && Tree.functionName(item).equals("unnest");
  }

  /** A struct gives a column for each of its fields, a list one. */
  private List<Traced> unnested(JsonNode item, ExpressionTracer tracer) {
    List<JsonNode> arguments = Tree.arguments(item);
    Traced whole = single(item, tracer);
    if (arguments.size() != 1) {
      context.unclear("unnest makes columns that are not known", item);
      exact = false;
      return List.of(whole);
    }
    if (!Tree.isExpression(arguments.get(0), "COLUMN_REF")) {
      return List.of(whole);
    }
    Traced column = tracer.column(arguments.get(0));
    return column
        .fields()
        .orElseGet(
            () -> List.of(new Traced(whole.name(), column.element().type(), whole.derivation())));
  }
}
