package dev.kith.run.graph;

import dev.kith.model.Diagnostic;
import dev.kith.model.Located;
import dev.kith.model.Problems;
import dev.kith.model.SourceSpan;
import dev.kith.model.Suggestion;
import dev.kith.model.TableName;
import dev.kith.model.definition.Check;
import dev.kith.model.definition.DatasetDefinition;
import dev.kith.model.definition.Definition;
import dev.kith.model.definition.Expectation;
import dev.kith.model.definition.ProfileDefinition;
import dev.kith.model.definition.SourceDefinition.Requirement;
import dev.kith.model.type.Column;
import dev.kith.model.type.DataType;
import dev.kith.model.type.DataType.Primitive;
import dev.kith.model.type.TableSchema;
import dev.kith.run.fault.RunCode;
import dev.kith.sql.ParsedQuery;
import dev.kith.sql.RowRule;
import dev.kith.sql.SqlAnalyzer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Resolves checks against columns: those of their own table, and those of others. */
public final class CheckRules {

  private final SqlAnalyzer analyzer;
  private final Relations relations;
  private final Predicate<TableName> isMissing;
  private final Problems problems;

  /**
   * @param relations all that can be read
   * @param isMissing tells names that are defined and cannot be read, which has been reported
   */
  public CheckRules(
      SqlAnalyzer analyzer,
      Relations relations,
      Predicate<TableName> isMissing,
      Problems problems) {
    this.analyzer = analyzer;
    this.relations = relations;
    this.isMissing = isMissing;
    this.problems = problems;
  }

  /** The checks that can be evaluated; nothing if there is none. Faults go to the problems. */
  public Optional<CheckedTable> resolve(
      Definition definition, TableSchema schema, Set<String> personal) {
    List<ResolvedCheck> resolved = new ArrayList<>();
    for (Check check : definition.checks()) {
      OfTable table = new OfTable(definition, schema);
      resolve(check, table).ifPresent(resolved::add);
    }
    return resolved.isEmpty()
        ? Optional.empty()
        : Optional.of(new CheckedTable(definition, schema, resolved, personal));
  }

  private Optional<ResolvedCheck> resolve(Check check, OfTable table) {
    Expectation expectation = check.expectation();
    if (expectation instanceof Expectation.EachRow each) {
      return table.columns(each.columns()).isPresent() && suitable(each.requirement(), table)
          ? Optional.of(
              new ResolvedCheck(
                  check,
                  RowRule.of(each.requirement(), table.schema, name -> {}),
                  Optional.empty()))
          : Optional.empty();
    }
    if (expectation instanceof Expectation.Sql sql) {
      return query(sql.query())
          .map(query -> new ResolvedCheck(check, List.of(), Optional.of(query)));
    }
    return holds(expectation, table)
        ? Optional.of(new ResolvedCheck(check, List.of(), Optional.empty()))
        : Optional.empty();
  }

  private boolean holds(Expectation expectation, OfTable table) {
    if (expectation instanceof Expectation.Unique unique) {
      return table.columns(unique.columns()).isPresent();
    }
    if (expectation instanceof Expectation.Relationship relationship) {
      return relationship(relationship, table);
    }
    if (expectation instanceof Expectation.Freshness freshness) {
      return table
          .column(freshness.column())
          .filter(column -> isTime(column, freshness))
          .isPresent();
    }
    if (expectation instanceof Expectation.Distribution distribution) {
      return table
          .column(distribution.column())
          .filter(column -> isComparable(column, distribution.column().span()))
          .isPresent();
    }
    return true;
  }

  private boolean isTime(Column column, Expectation.Freshness freshness) {
    boolean fine = TableRules.isTime(column);
    if (!fine) {
      problems.add(
          Diagnostic.error(
              RunCode.TYPE_NOT_TIME,
              freshness.column().span(),
              "'" + column.name() + "' is of type " + column.type().sql() + ", which is no time",
              "cast it to TIMESTAMPTZ, TIMESTAMP or DATE"));
    }
    return fine;
  }

  private boolean isComparable(Column column, SourceSpan span) {
    if (column.type().isNested() || column.type() == Primitive.BLOB) {
      unsuitable(
          span,
          "the distribution of '%s' cannot be compared: it is of type %s"
              .formatted(column.name(), column.type().sql()),
          "name a column of numbers, times, text or truth values");
      return false;
    }
    return true;
  }

  private boolean suitable(Requirement requirement, OfTable table) {
    if (requirement instanceof Requirement.AcceptedValues accepted) {
      Column column = table.column(accepted.column()).orElseThrow();
      return accepted.values().stream()
          .allMatch(value -> isValue(value, column, accepted.column().span()));
    }
    if (requirement instanceof Requirement.Range range) {
      Column column = table.column(range.column()).orElseThrow();
      if (column.type().isNested()
          || column.type() == Primitive.BLOB
          || column.type() == Primitive.BOOLEAN) {
        unsuitable(
            range.column().span(),
            "values of '%s' have no range: it is of type %s"
                .formatted(column.name(), column.type().sql()),
            "name a column of numbers, times or text");
        return false;
      }
      List<String> bounds = new ArrayList<>();
      range.min().ifPresent(bounds::add);
      range.max().ifPresent(bounds::add);
      return bounds.stream().allMatch(bound -> isValue(bound, column, range.column().span()));
    }
    return true;
  }

  private boolean isValue(String text, Column column, SourceSpan span) {
    boolean fine = Literals.isOfType(text, column.type());
    if (!fine) {
      unsuitable(
          span,
          "'%s' is no value of '%s', which is of type %s"
              .formatted(text, column.name(), column.type().sql()),
          "write values of that type, or check another column");
    }
    return fine;
  }

  private boolean relationship(Expectation.Relationship relationship, OfTable table) {
    Optional<List<Column>> here = table.columns(relationship.columns());
    TableName to = relationship.to().value();
    Optional<Relations.Relation> relation = relations.find(to);
    if (relation.isEmpty()) {
      if (!isMissing.test(to)) {
        problems.add(
            Diagnostic.error(
                RunCode.UNKNOWN_TABLE, relationship.to().span(), "no table '" + to + "'"));
      }
      return false;
    }
    TableSchema other = relation.get().visible(Set.of());
    boolean fine = here.isPresent();
    for (int i = 0; i < relationship.toColumns().size(); i++) {
      Located<String> name = relationship.toColumns().get(i);
      Optional<Column> there = other.column(name.value());
      if (there.isEmpty()) {
        unknown(name, "those of '" + to + "'", other);
        fine = false;
      } else if (here.isPresent()) {
        fine &= sameType(here.get().get(i), there.get(), to, relationship.columns().get(i).span());
      }
    }
    return fine;
  }

  private boolean sameType(Column here, Column there, TableName to, SourceSpan span) {
    boolean same = here.type().equals(there.type()) || (isWhole(here) && isWhole(there));
    if (!same) {
      unsuitable(
          span,
          "'%s' is of type %s, '%s' of '%s' of type %s"
              .formatted(here.name(), here.type().sql(), there.name(), to, there.type().sql()),
          "give both one type, by a cast in a query");
    }
    return same;
  }

  private static boolean isWhole(Column column) {
    DataType type = column.type();
    return type == Primitive.INTEGER || type == Primitive.BIGINT;
  }

  private Optional<ParsedQuery> query(Located<String> sql) {
    Optional<ParsedQuery> query = analyzer.parse(sql, problems);
    if (query.isEmpty()
        || query.get().references().stream().anyMatch(name -> isMissing.test(name.value()))) {
      return Optional.empty();
    }
    return query.filter(
        one ->
            analyzer
                .validate(one, relations.schemas(one.namedHiddenColumns()), problems)
                .isPresent());
  }

  private void unknown(Located<String> name, String whose, TableSchema schema) {
    Diagnostic found =
        Diagnostic.error(
            RunCode.UNKNOWN_COLUMN_SETTING,
            name.span(),
            "column '" + name.value() + "' is not among " + whose);
    problems.add(
        found.withHelp(
            Suggestion.didYouMean(name.value(), schema.names())
                .orElse("it gives " + String.join(", ", schema.names()))));
  }

  private void unsuitable(SourceSpan span, String message, String help) {
    problems.add(Diagnostic.error(RunCode.CHECK_UNSUITABLE, span, message, help));
  }

  /** The table whose checks are resolved. */
  private final class OfTable {

    private final Definition definition;
    private final TableSchema schema;

    private OfTable(Definition definition, TableSchema schema) {
      this.definition = definition;
      this.schema = schema;
    }

    /** All of them, or nothing: then those that are unknown have been reported. */
    private Optional<List<Column>> columns(List<Located<String>> names) {
      List<Optional<Column>> columns = names.stream().map(this::column).toList();
      return columns.stream().allMatch(Optional::isPresent)
          ? Optional.of(columns.stream().flatMap(Optional::stream).toList())
          : Optional.empty();
    }

    private Optional<Column> column(Located<String> name) {
      Optional<Column> column = schema.column(name.value());
      if (column.isEmpty()) {
        unknown(name, whose(), schema);
      }
      return column;
    }

    private String whose() {
      if (definition instanceof DatasetDefinition) {
        return "those of the dataset";
      }
      return definition instanceof ProfileDefinition
          ? "those of the profile"
          : "those of the query";
    }
  }
}
