package dev.kith.sql;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kith.model.TableColumn;
import dev.kith.model.TableName;
import dev.kith.model.type.Column;
import dev.kith.model.type.TableSchema;
import dev.kith.sql.TracedScope.Merge;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The columns of what stands in FROM. */
final class TableTracer {

  /** What json_each and json_tree give. */
  private static final List<String> JSON_COLUMNS =
      List.of("key", "value", "type", "atom", "id", "parent", "fullkey", "path");

  private static final Set<String> ONE_COLUMN = Set.of("unnest", "range", "generate_series");

  private final TraceContext context;
  private final QueryTracer queries;

  TableTracer(TraceContext context, QueryTracer queries) {
    this.context = context;
    this.queries = queries;
  }

  TracedScope from(JsonNode table, TraceNames names) {
    String alias = table.path("alias").asText("");
    List<String> columnNames = Tree.strings(table.path("column_name_alias"));
    return switch (Tree.type(table)) {
      case "BASE_TABLE" -> {
        String called = alias.isEmpty() ? String.join(".", Tree.path(table)) : alias;
        TracedRelation base = names.named(table).orElseGet(() -> base(table));
        yield TracedScope.of(called, base.renamed(columnNames), names.outer());
      }
      case "SUBQUERY" -> {
        TracedRelation inner = queries.query(table.path("subquery").path("node"), names);
        yield TracedScope.of(alias, inner.renamed(columnNames), names.outer());
      }
      case "TABLE_FUNCTION" -> function(table, alias, names);
      case "EXPRESSION_LIST" ->
          TracedScope.of(alias, values(table, names).renamed(columnNames), names.outer());
      case "PIVOT" -> {
        TracedScope source = from(table.path("source"), names);
        ExpressionTracer expressions = ExpressionTracer.at(context, queries, names, source);
        TracedRelation pivoted = new PivotTracer(context, expressions).pivot(table);
        yield TracedScope.of(alias, pivoted.renamed(columnNames), names.outer());
      }
      case "EMPTY" -> TracedScope.nothing(names.outer());
      case "JOIN" -> join(table, names);
      default -> {
        context.unclear("'" + Tree.type(table) + "' is not known", table);
        TracedRelation unknown = new TracedRelation(List.of(), false, Derivation.NONE);
        yield TracedScope.of(alias, unknown, names.outer());
      }
    };
  }

  private TracedRelation base(JsonNode table) {
    TableName name = QueryParser.name(Tree.path(table));
    Optional<TableSchema> schema = context.table(name);
    if (schema.isEmpty()) {
      context.unclear("there is no table '" + name + "'", table);
      return new TracedRelation(List.of(), false, Derivation.NONE);
    }
    List<Traced> columns = new ArrayList<>();
    for (Column column : schema.get().columns()) {
      Derivation itself = Derivation.of(new TableColumn(name, column.name()));
      columns.add(new Traced(column.name(), Optional.of(column.type()), itself));
    }
    return new TracedRelation(columns, true, Derivation.NONE);
  }

  /** Rows made of its arguments, which may be columns of tables before it. */
  private TracedScope function(JsonNode table, String alias, TraceNames names) {
    JsonNode function = table.path("function");
    String name = Tree.functionName(function);
    TracedScope outer = TracedScope.nothing(names.outer());
    ExpressionTracer expressions = ExpressionTracer.at(context, queries, names, outer);
    List<JsonNode> arguments = Tree.arguments(function);
    Derivation value = expressions.below(function.path("arguments")).as(Influence.TRANSFORMATION);
    String called = alias.isEmpty() ? name : alias;
    List<Traced> columns = new ArrayList<>();
    boolean exact = true;
    if (ONE_COLUMN.contains(name) && arguments.stream().noneMatch(TableTracer::isNamed)) {
      boolean typed = arguments.size() == 1 && Tree.isExpression(arguments.get(0), "COLUMN_REF");
      Traced element =
          typed ? expressions.column(arguments.get(0)).element() : Traced.untyped(called, value);
      columns.add(new Traced(called, element.type(), value));
    } else if (name.startsWith("json_")) {
      JSON_COLUMNS.forEach(column -> columns.add(Traced.untyped(column, value)));
    } else {
      columns.add(Traced.untyped("", value));
      exact = name.equals("repeat") && arguments.size() == 2;
    }
    if (!table.path("with_ordinality").asText("").equals("WITHOUT_ORDINALITY")) {
      columns.add(Traced.untyped("ordinality", Derivation.NONE));
    }
    TracedRelation rows = new TracedRelation(columns, exact, value.as(Influence.JOIN));
    List<String> columnNames = Tree.strings(table.path("column_name_alias"));
    return TracedScope.of(called, rows.renamed(columnNames), names.outer());
  }

  /** As in {@code recursive := true}. */
  private static boolean isNamed(JsonNode argument) {
    return argument.has("alias");
  }

  private TracedRelation values(JsonNode table, TraceNames names) {
    ExpressionTracer expressions =
        ExpressionTracer.at(context, queries, names, TracedScope.nothing(names.outer()));
    List<Derivation> columns = new ArrayList<>();
    for (JsonNode row : table.path("values")) {
      for (int i = 0; i < row.size(); i++) {
        Derivation value = expressions.of(row.get(i));
        if (i < columns.size()) {
          columns.set(i, columns.get(i).with(value));
        } else {
          columns.add(value);
        }
      }
    }
    List<Traced> named = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      named.add(Traced.untyped("col" + i, columns.get(i)));
    }
    return new TracedRelation(named, true, Derivation.NONE);
  }

  /** The right side may name columns of the left one. */
  private TracedScope join(JsonNode table, TraceNames names) {
    TracedScope left = from(table.path("left"), names);
    TracedScope lateral = from(table.path("right"), names.inside(left));
    TracedScope right =
        new TracedScope(lateral.bindings(), lateral.visible(), lateral.rows(), names.outer());
    String type = table.path("join_type").asText();
    boolean natural = table.path("ref_type").asText().equals("NATURAL");
    List<String> using = natural ? left.common(right) : Tree.strings(table.path("using_columns"));
    if (natural && !(left.isExact() && right.isExact())) {
      context.unclear("the columns of a natural join are not known", table);
    }
    TracedScope both = left.join(right, using, merge(type));
    Derivation met = ExpressionTracer.at(context, queries, names, both).of(table.path("condition"));
    for (String column : using) {
      met = met.with(named(left, column)).with(named(right, column));
    }
    Derivation rows = both.rows().with(met.as(Influence.JOIN));
    boolean onlyLeft = type.equals("SEMI") || type.equals("ANTI");
    return onlyLeft
        ? new TracedScope(left.bindings(), left.visible(), rows, names.outer())
        : new TracedScope(both.bindings(), both.visible(), rows, names.outer());
  }

  private static Derivation named(TracedScope side, String column) {
    return side.findHere(List.of(column)).map(Traced::derivation).orElse(side.everything());
  }

  private static Merge merge(String joinType) {
    return switch (joinType) {
      case "INNER" -> (left, right) -> left.with(right.derivation());
      case "RIGHT" -> (left, right) -> right.named(left.name());
      case "LEFT", "SEMI", "ANTI" -> (left, right) -> left;
      default ->
          (left, right) ->
              Traced.untyped(
                  left.name(),
                  left.derivation().with(right.derivation()).as(Influence.TRANSFORMATION));
    };
  }
}
