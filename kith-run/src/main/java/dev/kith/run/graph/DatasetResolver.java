package dev.kith.run.graph;

import dev.kith.measures.DatasetPlan;
import dev.kith.measures.DatasetPlanner;
import dev.kith.measures.InputTable;
import dev.kith.measures.MeasureCode;
import dev.kith.measures.ProfilePlan;
import dev.kith.model.Diagnostic;
import dev.kith.model.Located;
import dev.kith.model.Problems;
import dev.kith.model.Suggestion;
import dev.kith.model.TableName;
import dev.kith.model.definition.DatasetDefinition;
import dev.kith.model.definition.DatasetDefinition.RowSet;
import dev.kith.model.type.Column;
import dev.kith.model.type.TableSchema;
import dev.kith.run.fault.RunCode;
import dev.kith.sql.ParsedQuery;
import dev.kith.sql.SqlAnalyzer;
import dev.kith.sql.SqlCode;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** Understands a dataset over the tables and profiles of its project. */
final class DatasetResolver {

  private final SqlAnalyzer analyzer;
  private final Relations relations;
  private final Function<TableName, Optional<InputTable>> inputs;
  private final Predicate<TableName> isMissing;
  private final Problems problems;

  /**
   * @param isMissing whether a name is defined and cannot be read, which is reported elsewhere
   */
  DatasetResolver(
      SqlAnalyzer analyzer,
      Relations relations,
      Function<TableName, Optional<InputTable>> inputs,
      Predicate<TableName> isMissing,
      Problems problems) {
    this.analyzer = analyzer;
    this.relations = relations;
    this.inputs = inputs;
    this.isMissing = isMissing;
    this.problems = problems;
  }

  Optional<DatasetNode> resolve(DatasetDefinition dataset, ProfilePlan profile) {
    Problems found = new Problems();
    Optional<DatasetPlan> plan = DatasetPlanner.plan(dataset, profile, inputs, analyzer, found);
    if (dataset.rows() instanceof RowSet.Query query) {
      rows(query.sql(), found)
          .ifPresent(
              columns -> {
                requireKey(dataset, columns, query.sql(), profile.key(), found);
                requireInstant(dataset, columns, found);
              });
    }
    problems.addAll(found.all());
    return found.hasErrors() ? Optional.empty() : plan.map(p -> new DatasetNode(dataset, p));
  }

  private Optional<TableSchema> rows(Located<String> sql, Problems found) {
    Optional<ParsedQuery> query = analyzer.parse(sql, found);
    if (query.isEmpty()
        || query.get().references().stream().anyMatch(name -> isMissing.test(name.value()))) {
      return Optional.empty();
    }
    if (query.get().usesAsOf()) {
      found.add(
          Diagnostic.error(
              SqlCode.PARAMETER,
              sql.span(),
              "':as_of' in the rows of a dataset",
              "each row has an instant of its own, in a column"));
      return Optional.empty();
    }
    return analyzer.validate(
        query.get(), relations.schemas(query.get().namedHiddenColumns()), found);
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
