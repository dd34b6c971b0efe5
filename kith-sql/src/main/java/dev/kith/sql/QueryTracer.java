package dev.kith.sql;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Follows columns through queries: those of a query from the columns of its tables. */
final class QueryTracer {

  private final TraceContext context;
  private final TableTracer tables;

  QueryTracer(TraceContext context) {
    this.context = context;
    this.tables = new TableTracer(context, this);
  }

  TracedRelation query(JsonNode node, TraceNames around) {
    TraceNames names = around;
    for (Tree.Cte cte : Tree.ctes(node)) {
      names = names.with(cte.name(), query(cte.query(), names).renamed(cte.aliases()));
    }
    return switch (Tree.type(node)) {
      case "SELECT_NODE" -> select(node, names);
      case "SET_OPERATION_NODE" -> setOperation(node, names);
      case "RECURSIVE_CTE_NODE" -> recursive(node, names);
      default -> {
        context.unclear("'" + Tree.type(node) + "' is not known", node);
        yield new TracedRelation(List.of(), false, Derivation.NONE);
      }
    };
  }

  private TracedRelation select(JsonNode node, TraceNames names) {
    node.properties().stream()
        .map(Map.Entry::getKey)
        .filter(field -> !QueryWalk.SELECT_FIELDS.contains(field) && !field.equals("sample"))
        .forEach(field -> context.unclear("'" + field + "' is not known", node));
    TracedScope from = tables.from(node.path("from_table"), names);
    ExpressionTracer expressions = ExpressionTracer.at(context, this, names, from);
    SelectTrace select = new SelectTrace(expressions, node.path("select_list"));
    ExpressionTracer aliased = expressions.withAliases(select.aliases(), false);
    List<Derivation> rows = new ArrayList<>();
    rows.add(from.rows());
    for (String condition : List.of("where_clause", "having", "qualify")) {
      rows.add(aliased.of(node.path(condition)).as(Influence.FILTER));
    }
    for (JsonNode key : node.path("group_expressions")) {
      rows.add(select.key(key, false).as(Influence.GROUP_BY));
    }
    if (node.path("aggregate_handling").asText().equals("FORCE_AGGREGATES")) {
      rows.add(groupsOfAll(node.path("select_list"), select));
    }
    rows.add(multiplied(node.path("select_list"), aliased));
    rows.add(modifiers(node, select, aliased));
    return new TracedRelation(select.columns(), select.isExact(), Derivation.all(rows.stream()));
  }

  /** GROUP BY ALL takes all items without an aggregate. */
  private Derivation groupsOfAll(JsonNode selectList, SelectTrace select) {
    List<Derivation> keys = new ArrayList<>();
    for (int i = 0; i < selectList.size(); i++) {
      boolean aggregate =
          Tree.own(selectList.get(i))
              .anyMatch(call -> Tree.isExpression(call, "FUNCTION") && context.isAggregate(call));
      if (!aggregate) {
        select.columnsOf(i).forEach(column -> keys.add(column.derivation()));
      }
    }
    return Derivation.all(keys.stream()).as(Influence.GROUP_BY);
  }

  /** UNNEST in a select list makes rows. */
  private static Derivation multiplied(JsonNode selectList, ExpressionTracer expressions) {
    return Derivation.all(
        Tree.own(selectList)
            .filter(call -> Tree.isExpression(call, "FUNCTION"))
            .filter(call -> Tree.functionName(call).equals("unnest"))
            .filter(call -> !isStructColumn(call, expressions))
            .map(call -> expressions.below(call.path("arguments")).as(Influence.JOIN)));
  }

  private static boolean isStructColumn(JsonNode unnest, ExpressionTracer expressions) {
    List<JsonNode> arguments = Tree.arguments(unnest);
    return arguments.size() == 1
        && Tree.isExpression(arguments.get(0), "COLUMN_REF")
        && expressions.column(arguments.get(0)).fields().isPresent();
  }

  private Derivation modifiers(JsonNode node, SelectTrace select, ExpressionTracer expressions) {
    List<Derivation> rows = new ArrayList<>();
    for (JsonNode modifier : node.path("modifiers")) {
      switch (Tree.type(modifier)) {
        case "ORDER_MODIFIER" ->
            modifier
                .path("orders")
                .forEach(
                    order ->
                        rows.add(select.key(order.path("expression"), true).as(Influence.SORT)));
        case "DISTINCT_MODIFIER" -> rows.add(distinct(modifier, select));
        default -> rows.add(expressions.below(modifier).as(Influence.FILTER));
      }
    }
    return Derivation.all(rows.stream());
  }

  private static Derivation distinct(JsonNode modifier, SelectTrace select) {
    JsonNode targets = modifier.path("distinct_on_targets");
    Derivation keys =
        targets.isEmpty()
            ? select.everything()
            : Derivation.all(Tree.stream(targets).map(target -> select.key(target, true)));
    return keys.as(Influence.GROUP_BY);
  }

  private TracedRelation setOperation(JsonNode node, TraceNames names) {
    List<TracedRelation> parts =
        Tree.stream(node.path("children")).map(child -> query(child, names)).toList();
    String type = node.path("setop_type").asText().toUpperCase(Locale.ROOT);
    boolean all = node.path("setop_all").asBoolean();
    TracedRelation result =
        switch (type) {
          case "UNION", "UNION_BY_NAME" -> {
            TracedRelation united =
                parts.stream()
                    .reduce((a, b) -> a.union(b, type.equals("UNION_BY_NAME")))
                    .orElse(TracedRelation.NOTHING);
            yield all ? united : united.withRows(united.everything().as(Influence.GROUP_BY));
          }
          case "EXCEPT", "INTERSECT" -> compared(parts);
          default -> {
            context.unclear("'" + type + "' is not known", node);
            TracedRelation compared = compared(parts);
            yield new TracedRelation(
                parts.stream().flatMap(part -> part.columns().stream()).toList(),
                false,
                compared.rows());
          }
        };
    TracedScope scope = TracedScope.of("", result, names.outer());
    ExpressionTracer expressions = ExpressionTracer.at(context, this, names, scope);
    SelectTrace none = SelectTrace.of(expressions, result);
    return result.withRows(modifiers(node, none, expressions));
  }

  /** Rows of the first, kept or dropped by what the others have. */
  private static TracedRelation compared(List<TracedRelation> parts) {
    Stream<Derivation> rows =
        parts.stream()
            .flatMap(part -> Stream.of(part.rows(), part.everything().as(Influence.FILTER)));
    TracedRelation first = parts.get(0);
    return new TracedRelation(first.columns(), first.exact(), Derivation.all(rows));
  }

  /** Until a round adds no origin; there are only so many columns, and ways to depend on them. */
  private TracedRelation recursive(JsonNode node, TraceNames names) {
    List<String> aliases = Tree.strings(node.path("aliases"));
    TracedRelation result = query(node.path("left"), names).renamed(aliases);
    while (true) {
      TraceNames inner = names.with(node.path("cte_name").asText(), result);
      TracedRelation round = result.union(query(node.path("right"), inner), false);
      if (origins(round).equals(origins(result)) && round.exact() == result.exact()) {
        boolean all = node.path("union_all").asBoolean();
        return all ? result : result.withRows(result.everything().as(Influence.GROUP_BY));
      }
      result = round;
    }
  }

  private static List<List<Dependency>> origins(TracedRelation relation) {
    return Stream.concat(
            relation.columns().stream().map(Traced::derivation), Stream.of(relation.rows()))
        .map(derivation -> List.copyOf(derivation.dependencies()))
        .toList();
  }
}
