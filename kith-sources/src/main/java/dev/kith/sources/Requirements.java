package dev.kith.sources;

import dev.kith.engine.Session;
import dev.kith.model.Diagnostic;
import dev.kith.model.Located;
import dev.kith.model.Problems;
import dev.kith.model.definition.SourceDefinition;
import dev.kith.model.definition.SourceDefinition.Kind;
import dev.kith.model.definition.SourceDefinition.Requirement;
import dev.kith.model.type.TableSchema;
import dev.kith.sources.fault.SourceCode;
import dev.kith.sql.RowRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The rows that break what {@code require:} says; an entity's key is required by itself. */
final class Requirements {

  private final KnownColumns known;

  private Requirements(KnownColumns known) {
    this.known = known;
  }

  /**
   * A query of the rows that break a rule: {@code _file}, {@code _line}, {@code reason}, {@code
   * column_name}; nothing if there are no rules.
   */
  static Optional<String> query(
      SourceDefinition source, StagedRows rows, KnownColumns known, Session session) {
    List<RowRule> rules = rules(source, rows.columns(), session);
    return rules.isEmpty()
        ? Optional.empty()
        : Optional.of(new Requirements(known).sql(rules, rows.table()));
  }

  private static List<RowRule> rules(
      SourceDefinition source, TableSchema columns, Session session) {
    List<Requirement> requirements = new ArrayList<>();
    if (source.kind() == Kind.ENTITY) {
      requirements.add(new Requirement.NotNull(source.key(), source.span()));
    }
    requirements.addAll(source.require());
    Problems problems = new Problems();
    List<RowRule> rules =
        requirements.stream()
            .flatMap(
                each ->
                    RowRule.of(each, columns, name -> problems.add(missing(name, source, columns)))
                        .stream())
            .toList();
    RequiredValues.check(requirements, columns, session, problems);
    problems.throwIfErrors();
    return rules;
  }

  private static Diagnostic missing(
      Located<String> name, SourceDefinition source, TableSchema columns) {
    return Diagnostic.error(
        SourceCode.COLUMN_MISSING,
        name.span(),
        "column '%s' is not in the rows of '%s'".formatted(name.value(), source.name()),
        "it has " + String.join(", ", columns.names()));
  }

  private String sql(List<RowRule> rules, String table) {
    String reasons = cases(rules, this::reason);
    String names = cases(rules, rule -> Sql.literal(rule.column().name()));
    String any =
        rules.stream().map(rule -> "(" + rule.broken() + ")").collect(Collectors.joining(" OR "));
    return "SELECT _file, _line, %s AS reason, %s AS column_name FROM %s WHERE %s"
        .formatted(reasons, names, table, any);
  }

  /** Text such as {@code column 'price': '-3' is below 0}, or {@code column 'price' is NULL}. */
  private String reason(RowRule rule) {
    String column = rule.column().quotedName();
    String value =
        known.isPersonal(rule.column().name())
            ? Sql.literal(": a value")
            : "': ''' || left(CAST(" + column + " AS VARCHAR), 60) || ''''";
    return "%s || CASE WHEN %s IS NULL THEN '' ELSE %s END || %s"
        .formatted(
            Sql.literal("column '" + rule.column().name() + "'"),
            column,
            value,
            Sql.literal(" " + rule.fault()));
  }

  private static String cases(List<RowRule> rules, Function<RowRule, String> result) {
    return rules.stream()
        .map(rule -> " WHEN " + rule.broken() + " THEN " + result.apply(rule))
        .collect(Collectors.joining("", "CASE", " END"));
  }
}
