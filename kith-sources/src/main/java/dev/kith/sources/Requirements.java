package dev.kith.sources;

import dev.kith.model.Diagnostic;
import dev.kith.model.Located;
import dev.kith.model.Problems;
import dev.kith.model.definition.SourceDefinition;
import dev.kith.model.definition.SourceDefinition.Kind;
import dev.kith.model.definition.SourceDefinition.Requirement;
import dev.kith.model.type.Column;
import dev.kith.model.type.TableSchema;
import dev.kith.sources.fault.SourceCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The rules of {@code require:} as conditions of SQL; an entity's key is required by itself. */
final class Requirements {

  /**
   * A rule about a column.
   *
   * @param brokenSql true where a row breaks it
   * @param reasonSql why, as text
   */
  private record Rule(String column, String brokenSql, String reasonSql) {}

  private final SourceDefinition source;
  private final TableSchema columns;
  private final KnownColumns known;
  private final List<Rule> rules = new ArrayList<>();
  private final Problems problems = new Problems();

  private Requirements(SourceDefinition source, TableSchema columns, KnownColumns known) {
    this.source = source;
    this.columns = columns;
    this.known = known;
  }

  /**
   * A query of the rows that break a rule: {@code _file}, {@code _line}, {@code reason}, {@code
   * column_name}; nothing if there are no rules.
   */
  static Optional<String> query(SourceDefinition source, StagedRows rows, KnownColumns known) {
    Requirements requirements = new Requirements(source, rows.columns(), known);
    if (source.kind() == Kind.ENTITY) {
      source.key().forEach(requirements::notNull);
    }
    source.require().forEach(requirements::add);
    requirements.problems.throwIfErrors();
    return requirements.sql(rows.table());
  }

  private void add(Requirement requirement) {
    if (requirement instanceof Requirement.NotNull notNull) {
      notNull.columns().forEach(this::notNull);
    } else if (requirement instanceof Requirement.AcceptedValues accepted) {
      column(accepted.column())
          .ifPresent(
              column ->
                  value(
                      column,
                      column.quotedName()
                          + " NOT IN ("
                          + accepted.values().stream()
                              .map(value -> typed(value, column))
                              .collect(Collectors.joining(", "))
                          + ")",
                      "is not an accepted value"));
    } else if (requirement instanceof Requirement.Range range) {
      column(range.column()).ifPresent(column -> range(range, column));
    } else if (requirement instanceof Requirement.Matches matches) {
      column(matches.column())
          .ifPresent(
              column ->
                  value(
                      column,
                      "NOT regexp_full_match(CAST("
                          + column.quotedName()
                          + " AS VARCHAR), "
                          + Sql.literal(matches.pattern())
                          + ")",
                      "does not match " + matches.pattern()));
    }
  }

  private void notNull(Located<String> name) {
    column(name)
        .ifPresent(
            column ->
                rules.add(
                    new Rule(
                        column.name(),
                        column.quotedName() + " IS NULL",
                        Sql.literal("column '" + column.name() + "' is NULL"))));
  }

  private void range(Requirement.Range range, Column column) {
    range
        .min()
        .ifPresent(
            min ->
                value(column, column.quotedName() + " < " + typed(min, column), "is below " + min));
    range
        .max()
        .ifPresent(
            max ->
                value(column, column.quotedName() + " > " + typed(max, column), "is above " + max));
  }

  private void value(Column column, String brokenSql, String what) {
    String start = "column '" + column.name() + "': ";
    String reason =
        known.isPersonal(column.name())
            ? Sql.literal(start + "a value " + what)
            : Sql.literal(start + "'")
                + " || left(CAST("
                + column.quotedName()
                + " AS VARCHAR), 60) || "
                + Sql.literal("' " + what);
    rules.add(new Rule(column.name(), brokenSql, reason));
  }

  private static String typed(String value, Column column) {
    return "CAST(" + Sql.literal(value) + " AS " + column.type().sql() + ")";
  }

  private Optional<Column> column(Located<String> name) {
    Optional<Column> column = columns.column(name.value());
    if (column.isEmpty()) {
      problems.add(
          Diagnostic.error(
              SourceCode.COLUMN_MISSING,
              name.span(),
              "column '%s' is not in the rows of '%s'".formatted(name.value(), source.name()),
              "it has " + String.join(", ", columns.names())));
    }
    return column;
  }

  private Optional<String> sql(String table) {
    if (rules.isEmpty()) {
      return Optional.empty();
    }
    String reasons = cases(rule -> rule.reasonSql());
    String names = cases(rule -> Sql.literal(rule.column()));
    String any =
        rules.stream()
            .map(rule -> "(" + rule.brokenSql() + ")")
            .collect(Collectors.joining(" OR "));
    return Optional.of(
        "SELECT _file, _line, %s AS reason, %s AS column_name FROM %s WHERE %s"
            .formatted(reasons, names, table, any));
  }

  private String cases(java.util.function.Function<Rule, String> result) {
    return rules.stream()
        .map(rule -> " WHEN " + rule.brokenSql() + " THEN " + result.apply(rule))
        .collect(Collectors.joining("", "CASE", " END"));
  }
}
