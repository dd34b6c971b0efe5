package dev.kith.sql;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What expressions at one place of a query come from. Of a kind that it does not know, it takes all
 * that stands in it.
 */
final class ExpressionTracer {

  private final TraceContext context;
  private final QueryTracer queries;
  private final TraceNames names;
  private final TracedScope scope;
  private final Map<String, Derivation> aliases;
  private final boolean aliasesFirst;
  private final Set<String> parameters;
  private final @Nullable Traced starred;

  private ExpressionTracer(
      TraceContext context,
      QueryTracer queries,
      TraceNames names,
      TracedScope scope,
      Map<String, Derivation> aliases,
      boolean aliasesFirst,
      Set<String> parameters,
      @Nullable Traced starred) {
    this.context = context;
    this.queries = queries;
    this.names = names;
    this.scope = scope;
    this.aliases = aliases;
    this.aliasesFirst = aliasesFirst;
    this.parameters = parameters;
    this.starred = starred;
  }

  /**
   * @param scope the columns that expressions may name
   */
  static ExpressionTracer at(
      TraceContext context, QueryTracer queries, TraceNames names, TracedScope scope) {
    return new ExpressionTracer(context, queries, names, scope, Map.of(), false, Set.of(), null);
  }

  /**
   * Where names may also be those of the select list.
   *
   * @param all by name in lower case
   * @param first whether they hide columns
   */
  ExpressionTracer withAliases(Map<String, Derivation> all, boolean first) {
    return new ExpressionTracer(
        context, queries, names, scope, new HashMap<>(all), first, parameters, starred);
  }

  /** Where COLUMNS(...) is one column. */
  ExpressionTracer withStar(Traced column) {
    return new ExpressionTracer(
        context, queries, names, scope, aliases, aliasesFirst, parameters, column);
  }

  TracedScope scope() {
    return scope;
  }

  TraceContext context() {
    return context;
  }

  /** The value of an expression. */
  Derivation of(JsonNode expression) {
    return switch (Tree.expressionClass(expression)) {
      case "" -> below(expression);
      case "COLUMN_REF" -> column(expression).derivation();
      case "POSITIONAL_REFERENCE" -> position(expression);
      case "STAR" -> star(expression);
      case "CASE" -> choice(expression);
      case "FUNCTION" -> function(expression);
      case "WINDOW" -> window(expression);
      case "SUBQUERY" -> subquery(expression);
      case "LAMBDA" -> lambda(expression);
      case "CONSTANT", "PARAMETER", "TYPE" -> Derivation.NONE;
      default -> below(expression).as(Influence.TRANSFORMATION);
    };
  }

  /** Of several expressions, or of an object that holds some. */
  Derivation below(JsonNode node) {
    return Derivation.all(Tree.stream(node).filter(JsonNode::isContainerNode).map(this::of));
  }

  /** What a column reference means, with its type if that is known. */
  Traced column(JsonNode reference) {
    List<String> path = Tree.columnPath(reference);
    String first = path.get(0).toLowerCase(Locale.ROOT);
    String name = path.get(path.size() - 1);
    if (parameters.contains(first)) {
      return Traced.untyped(name, Derivation.NONE);
    }
    Optional<Traced> alias = Optional.ofNullable(aliases.get(first)).map(d -> alias(path, d));
    Optional<Traced> here = scope.findHere(path);
    Optional<Traced> found = aliasesFirst ? alias.or(() -> here) : here.or(() -> alias);
    if (found.isPresent() && (scope.isExact() || aliasesFirst)) {
      return found.get();
    }
    Optional<Traced> anywhere = scope.find(path);
    if (anywhere.isPresent()) {
      return found.map(one -> one.with(anywhere.get().derivation())).orElse(anywhere.get());
    }
    if (found.isPresent()) {
      return found.get();
    }
    if (!FunctionCatalog.isClock(reference)) {
      context.unclear("'" + String.join(".", path) + "' was not found", reference);
      return Traced.untyped(name, everything());
    }
    return Traced.untyped(name, Derivation.NONE);
  }

  private static Traced alias(List<String> path, Derivation derivation) {
    return Traced.untyped(path.get(0), derivation).field(path.subList(1, path.size()));
  }

  private Derivation everything() {
    return scope.everything().with(Derivation.all(aliases.values().stream()));
  }

  private Derivation position(JsonNode reference) {
    int index = reference.path("index").asInt() - 1;
    if (scope.isExact() && index >= 0 && index < scope.visible().size()) {
      return scope.visible().get(index).column().derivation();
    }
    context.unclear("the column at a place was not found", reference);
    return everything();
  }

  /** Of an expression that takes all columns of a star, or one after the other. */
  private Derivation star(JsonNode star) {
    if (starred != null && star.path("columns").asBoolean()) {
      return starred.derivation();
    }
    return new StarColumns(this)
        .columns(star)
        .map(columns -> Derivation.all(columns.stream().map(Traced::derivation)))
        .orElseGet(this::everything)
        .as(Influence.TRANSFORMATION);
  }

  private Derivation choice(JsonNode expression) {
    Derivation values = of(expression.path("else_expr")).as(Influence.TRANSFORMATION);
    Derivation conditions = Derivation.NONE;
    for (JsonNode check : expression.path("case_checks")) {
      values = values.with(of(check.path("then_expr")).as(Influence.TRANSFORMATION));
      conditions = conditions.with(of(check.path("when_expr")).as(Influence.CONDITIONAL));
    }
    return values.with(conditions);
  }

  private Derivation function(JsonNode function) {
    List<JsonNode> arguments = Tree.arguments(function);
    if (Tree.functionName(function).equals("if") && arguments.size() == 3) {
      Derivation results = of(arguments.get(1)).with(of(arguments.get(2)));
      return results
          .as(Influence.TRANSFORMATION)
          .with(of(arguments.get(0)).as(Influence.CONDITIONAL));
    }
    Influence influence =
        context.isAggregate(function) ? Influence.AGGREGATION : Influence.TRANSFORMATION;
    Derivation values = Derivation.all(arguments.stream().map(this::of)).as(influence);
    // WITHIN GROUP (ORDER BY x) has the values where others have the order.
    boolean ordersValues = values.dependencies().isEmpty();
    Derivation order =
        below(function.path("order_bys")).as(ordersValues ? influence : Influence.SORT);
    return values.with(order).with(of(function.path("filter")).as(Influence.FILTER));
  }

  private Derivation window(JsonNode window) {
    Influence influence =
        context.isAggregate(window) ? Influence.AGGREGATION : Influence.TRANSFORMATION;
    return Derivation.all(
        window.properties().stream()
            .filter(field -> field.getValue().isContainerNode())
            .map(
                field -> {
                  Derivation part = of(field.getValue());
                  return switch (field.getKey()) {
                    case "arguments" -> part.as(influence);
                    case "filter_expr" -> part.as(Influence.FILTER);
                    default -> part.as(Influence.WINDOW);
                  };
                }));
  }

  private Derivation subquery(JsonNode expression) {
    TracedRelation inner =
        queries.query(expression.path("subquery").path("node"), names.inside(scope));
    Derivation values =
        switch (expression.path("subquery_type").asText()) {
          case "EXISTS", "NOT_EXISTS" -> Derivation.NONE;
          case "SCALAR" -> inner.everything();
          default ->
              inner.everything().with(of(expression.path("child"))).as(Influence.TRANSFORMATION);
        };
    return values.with(inner.rows());
  }

  /** Parameters are elements of lists that stand beside the lambda, and are taken there. */
  private Derivation lambda(JsonNode lambda) {
    List<String> named = Tree.lambdaParameters(lambda);
    boolean arrow =
        !lambda.path("syntax_type").asText().equals("LAMBDA_KEYWORD")
            && named.stream().allMatch(name -> scope.find(List.of(name)).isPresent());
    // x -> ... may also be an operator on JSON, if x is a column.
    Stream<Derivation> operand = arrow ? Stream.of(of(lambda.path("lhs"))) : Stream.empty();
    Set<String> inner = new HashSet<>(parameters);
    inner.addAll(named);
    ExpressionTracer body =
        new ExpressionTracer(context, queries, names, scope, aliases, aliasesFirst, inner, starred);
    return Derivation.all(Stream.concat(operand, Stream.of(body.of(lambda.path("expr")))))
        .as(Influence.TRANSFORMATION);
  }
}
