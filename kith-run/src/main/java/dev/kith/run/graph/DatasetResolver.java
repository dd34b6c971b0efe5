package dev.kith.run.graph;

import dev.kith.measures.DatasetPlan;
import dev.kith.measures.DatasetPlanner;
import dev.kith.measures.InputTable;
import dev.kith.measures.MeasureCode;
import dev.kith.model.Diagnostic;
import dev.kith.model.Located;
import dev.kith.model.Problems;
import dev.kith.model.Suggestion;
import dev.kith.model.TableName;
import dev.kith.model.definition.DatasetDefinition;
import dev.kith.model.definition.DatasetDefinition.RowSet;
import dev.kith.model.type.Column;
import dev.kith.model.type.DataType.Primitive;
import dev.kith.model.type.TableSchema;
import dev.kith.run.fault.RunCode;
import dev.kith.sql.ParsedQuery;
import dev.kith.sql.SqlAnalyzer;
import dev.kith.sql.SqlCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;

/** Understands a dataset over the tables and profiles of its project. */
final class DatasetResolver {

  private final SqlAnalyzer analyzer;
  private final Relations relations;
  private final Map<TableName, Node> nodes;
  private final Map<TableName, ParsedQuery> queries;
  private final Function<TableName, Optional<InputTable>> inputs;
  private final Predicate<TableName> isMissing;
  private final Problems problems;

  /**
   * @param nodes all that was understood so far
   * @param queries of rows, by the names of their datasets
   * @param isMissing whether a name is defined and cannot be read, which is reported elsewhere
   */
  DatasetResolver(
      SqlAnalyzer analyzer,
      Relations relations,
      Map<TableName, Node> nodes,
      Map<TableName, ParsedQuery> queries,
      Function<TableName, Optional<InputTable>> inputs,
      Predicate<TableName> isMissing,
      Problems problems) {
    this.analyzer = analyzer;
    this.relations = relations;
    this.nodes = nodes;
    this.queries = queries;
    this.inputs = inputs;
    this.isMissing = isMissing;
    this.problems = problems;
  }

  /** Nothing if something is wrong with it or with its profile; what is goes to the problems. */
  Optional<Node.DatasetNode> resolve(DatasetDefinition dataset) {
    if (!(nodes.get(dataset.profile().value()) instanceof Node.ProfileNode profile)) {
      return Optional.empty();
    }
    Problems found = new Problems();
    Optional<DatasetPlan> plan =
        DatasetPlanner.plan(dataset, profile.plan(), inputs, analyzer, found);
    Optional<ParsedQuery> query = Optional.ofNullable(queries.get(dataset.name()));
    Optional<TableSchema> given = given(dataset, profile.plan().key(), query, found);
    if (plan.isPresent() && given.isPresent() && dataset.table()) {
      new DatasetTableRules(relations, nodes, found).check(dataset, plan.get(), given.get());
    }
    problems.addAll(found.all());
    return plan.isEmpty() || given.isEmpty() || found.hasErrors()
        ? Optional.empty()
        : Optional.of(
            new Node.DatasetNode(
                dataset,
                profile.definition(),
                plan.get(),
                query,
                schema(dataset, plan.get(), given.get()),
                read(plan.get(), query)));
  }

  private static SortedSet<TableName> read(DatasetPlan plan, Optional<ParsedQuery> query) {
    SortedSet<TableName> names = new TreeSet<>(plan.plan().inputs());
    query.ifPresent(rows -> rows.references().forEach(reference -> names.add(reference.value())));
    return names;
  }

  private static TableSchema schema(
      DatasetDefinition dataset, DatasetPlan plan, TableSchema given) {
    List<Column> columns = new ArrayList<>();
    for (Column column : given.columns()) {
      boolean instant = column.name().equalsIgnoreCase(dataset.at().value());
      columns.add(instant ? new Column(column.name(), Primitive.INSTANT) : column);
    }
    columns.add(new Column(DatasetPlan.EXISTS, Primitive.BOOLEAN));
    columns.addAll(plan.columns());
    return new TableSchema(columns);
  }

  /** The columns of the rows; of a file those that it must have. */
  private Optional<TableSchema> given(
      DatasetDefinition dataset, Column key, Optional<ParsedQuery> query, Problems found) {
    if (!(dataset.rows() instanceof RowSet.Query rows)) {
      return Optional.of(
          new TableSchema(List.of(key, new Column(dataset.at().value(), Primitive.INSTANT))));
    }
    Optional<TableSchema> columns = query.flatMap(parsed -> rows(parsed, rows.sql(), found));
    columns.ifPresent(
        present -> {
          requireKey(dataset, present, rows.sql(), key, found);
          requireInstant(dataset, present, found);
        });
    return columns;
  }

  private Optional<TableSchema> rows(ParsedQuery query, Located<String> sql, Problems found) {
    if (query.references().stream().anyMatch(name -> isMissing.test(name.value()))) {
      return Optional.empty();
    }
    if (query.usesAsOf()) {
      found.add(
          Diagnostic.error(
              SqlCode.PARAMETER,
              sql.span(),
              "':as_of' in the rows of a dataset",
              "each row has an instant of its own, in a column"));
      return Optional.empty();
    }
    return analyzer.validate(query, relations.schemas(query.namedHiddenColumns()), found);
  }

  private static void requireKey(
      DatasetDefinition dataset,
      TableSchema columns,
      Located<String> sql,
      Column key,
      Problems found) {
    Optional<Column> column = columns.column(key.name());
    if (column.isEmpty()) {
      lacks(key.name(), "the key of '" + dataset.profile().value() + "'", sql, columns, found);
    } else if (!column.get().type().equals(key.type())) {
      found.add(
          Diagnostic.error(
              MeasureCode.KEY_TYPE,
              sql.span(),
              "'%s' of the rows is %s, but the profile's key is %s"
                  .formatted(key.name(), column.get().type().sql(), key.type().sql()),
              "cast it in the query"));
    }
  }

  private static void requireInstant(
      DatasetDefinition dataset, TableSchema columns, Problems found) {
    Optional<Column> at = columns.column(dataset.at().value());
    if (at.isEmpty()) {
      lacks(dataset.at().value(), "the instant of each", dataset.at(), columns, found);
    } else if (!TableRules.isTime(at.get())) {
      found.add(
          Diagnostic.error(
              RunCode.TYPE_NOT_TIME,
              dataset.at().span(),
              "'"
                  + at.get().name()
                  + "' is of type "
                  + at.get().type().sql()
                  + ", which is no time",
              "cast it to TIMESTAMPTZ, TIMESTAMP or DATE"));
    }
  }

  private static void lacks(
      String column, String what, Located<?> place, TableSchema columns, Problems found) {
    found.add(
        Diagnostic.error(
            RunCode.UNKNOWN_COLUMN_SETTING,
            place.span(),
            "the rows have no column '%s', %s".formatted(column, what),
            Suggestion.didYouMean(column, columns.names())
                .orElse("they have " + String.join(", ", columns.names()))));
  }
}
