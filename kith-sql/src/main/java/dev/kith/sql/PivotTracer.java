package dev.kith.sql;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kith.sql.Derivation.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The columns of PIVOT and UNPIVOT with listed values. */
final class PivotTracer {

  private final TraceContext context;
  private final ExpressionTracer expressions;
  private final TracedScope source;

  PivotTracer(TraceContext context, ExpressionTracer expressions) {
    this.context = context;
    this.expressions = expressions;
    this.source = expressions.scope();
  }

  TracedRelation pivot(JsonNode node) {
    boolean listed =
        Tree.stream(node.path("pivots")).allMatch(pivot -> !pivot.path("entries").isEmpty());
    if (!listed || !source.isExact()) {
      context.unclear("the columns of this PIVOT are not known", node);
      Derivation all = source.everything();
      return new TracedRelation(
          List.of(Traced.untyped("", all)), false, source.rows().with(all.as(Influence.GROUP_BY)));
    }
    return node.has("unpivot_names") ? unpivoted(node) : pivoted(node);
  }

  private TracedRelation pivoted(JsonNode node) {
    List<Traced> groups = groups(node);
    Derivation rows =
        Derivation.all(groups.stream().map(Traced::derivation)).as(Influence.GROUP_BY);
    List<Traced> columns = new ArrayList<>(groups);
    Derivation chosen =
        Derivation.all(
                Tree.stream(node.path("pivots"))
                    .map(pivot -> expressions.below(pivot.path("pivot_expressions"))))
            .as(Influence.FILTER);
    for (String value : valueNames(node)) {
      for (JsonNode aggregate : node.path("aggregates")) {
        String name = columnName(value, aggregate, node.path("aggregates").size());
        Step step = new Step(name, context.textOf(aggregate));
        columns.add(Traced.untyped(name, expressions.of(aggregate).with(chosen).by(step)));
      }
      if (node.path("aggregates").isEmpty()) {
        columns.add(Traced.untyped(value, chosen)); // counts the rows
      }
    }
    return new TracedRelation(columns, true, source.rows().with(rows));
  }

  /** Those of GROUP BY, or else all that are used nowhere. */
  private List<Traced> groups(JsonNode node) {
    List<String> named = Tree.strings(node.path("groups"));
    if (!named.isEmpty()) {
      return named.stream()
          .map(name -> source.findHere(List.of(name)).orElse(Traced.untyped(name, Derivation.NONE)))
          .toList();
    }
    List<String> used =
        Stream.of(node.path("aggregates"), node.path("pivots"))
            .flatMap(Tree::descendants)
            .filter(each -> Tree.isExpression(each, "COLUMN_REF"))
            .map(Tree::columnPath)
            .map(path -> path.get(path.size() - 1))
            .toList();
    return source.visible().stream()
        .map(TracedScope.Visible::column)
        .filter(column -> used.stream().noneMatch(column::isCalled))
        .toList();
  }

  /** One for each combination of values; empty where the engine makes it up. */
  private static List<String> valueNames(JsonNode node) {
    List<String> names = List.of("");
    boolean first = true;
    for (JsonNode pivot : node.path("pivots")) {
      List<String> longer = new ArrayList<>();
      for (String name : names) {
        for (JsonNode entry : pivot.path("entries")) {
          longer.add(first ? entryName(entry) : name + "_" + entryName(entry));
        }
      }
      names = longer;
      first = false;
    }
    return names;
  }

  private static String entryName(JsonNode entry) {
    return entry.has("alias")
        ? entry.path("alias").asText()
        : entry.path("star_expr").path("literal").path("text").asText("");
  }

  private static String columnName(String value, JsonNode aggregate, int aggregates) {
    if (aggregate.has("alias")) {
      return value + "_" + aggregate.path("alias").asText();
    }
    return aggregates == 1 ? value : "";
  }

  private TracedRelation unpivoted(JsonNode node) {
    JsonNode pivot = node.path("pivots").path(0);
    List<String> valueNames = Tree.strings(node.path("unpivot_names"));
    List<List<Derivation>> entries = new ArrayList<>();
    List<Traced> taken = new ArrayList<>();
    for (JsonNode entry : pivot.path("entries")) {
      entry(entry.path("star_expr"), valueNames.size())
          .forEach(
              columns -> {
                taken.addAll(columns);
                entries.add(columns.stream().map(Traced::derivation).toList());
              });
    }
    List<Traced> columns = new ArrayList<>();
    source.visible().stream()
        .map(TracedScope.Visible::column)
        .filter(column -> taken.stream().noneMatch(used -> used.isCalled(column.name())))
        .forEach(columns::add);
    Tree.strings(pivot.path("unpivot_names"))
        .forEach(name -> columns.add(Traced.untyped(name, Derivation.NONE)));
    for (int i = 0; i < valueNames.size(); i++) {
      int place = i;
      Derivation value =
          Derivation.all(
              entries.stream()
                  .filter(entry -> place < entry.size())
                  .map(entry -> entry.get(place)));
      columns.add(Traced.untyped(valueNames.get(i), value));
    }
    Derivation notNull =
        node.path("include_nulls").asBoolean()
            ? Derivation.NONE
            : Derivation.all(taken.stream().map(Traced::derivation)).as(Influence.FILTER);
    return new TracedRelation(columns, true, source.rows().with(notNull));
  }

  /** The columns whose values make one row; several rows if a star names several. */
  private List<List<Traced>> entry(JsonNode expression, int values) {
    if (Tree.isExpression(expression, "STAR")) {
      return new StarColumns(expressions)
          .columns(expression)
          .map(columns -> columns.stream().map(List::of).toList())
          .orElse(List.of());
    }
    List<JsonNode> parts =
        Tree.isExpression(expression, "FUNCTION") && values > 1
            ? Tree.arguments(expression)
            : List.of(expression);
    return List.of(parts.stream().map(this::column).toList());
  }

  private Traced column(JsonNode expression) {
    return Tree.isExpression(expression, "COLUMN_REF")
        ? expressions.column(expression)
        : Traced.untyped("", expressions.of(expression));
  }
}
