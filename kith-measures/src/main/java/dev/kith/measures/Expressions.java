package dev.kith.measures;

import dev.kith.model.Diagnostic;
import dev.kith.model.Located;
import dev.kith.model.Problems;
import dev.kith.model.Suggestion;
import dev.kith.model.type.DataType;
import dev.kith.model.type.TableSchema;
import dev.kith.sql.ParsedExpression;
import dev.kith.sql.SqlAnalyzer;
import java.util.Optional;

/** Checks the expressions of a profile: each is about one row, of columns that exist. */
final class Expressions {

  private final SqlAnalyzer analyzer;
  private final Problems problems;

  Expressions(SqlAnalyzer analyzer, Problems problems) {
    this.analyzer = analyzer;
    this.problems = problems;
  }

  /** An expression that holds, and its type. */
  record Typed(ParsedExpression parsed, DataType type) {}

  /** Of one event; it may not depend on the instant, which differs while the event does not. */
  Optional<Typed> ofEvent(Located<String> sql, TableSchema schema, String table) {
    Optional<ParsedExpression> parsed =
        parse(sql, MeasureCode.NOT_ROW_WISE, schema, "'" + table + "'");
    if (parsed.isPresent() && parsed.get().usesAsOf()) {
      refuse(parsed.get(), MeasureCode.NOT_ROW_WISE, "':as_of' in an expression over an event");
      return Optional.empty();
    }
    return parsed.flatMap(expression -> typed(expression, schema));
  }

  /**
   * Of other columns of a profile and {@code as_of}.
   *
   * @param place what the columns are of, for messages
   */
  Optional<Typed> ofColumns(Located<String> sql, TableSchema schema, String place) {
    return parse(sql, MeasureCode.NOT_AN_EXPRESSION, schema, place)
        .flatMap(expression -> typed(expression, schema));
  }

  private Optional<Typed> typed(ParsedExpression expression, TableSchema schema) {
    return analyzer
        .expressionType(expression, schema, problems)
        .map(type -> new Typed(expression, type));
  }

  private Optional<ParsedExpression> parse(
      Located<String> sql, MeasureCode code, TableSchema schema, String place) {
    Optional<ParsedExpression> parsed = analyzer.parseExpression(sql, problems);
    if (parsed.isEmpty()) {
      return parsed;
    }
    ParsedExpression expression = parsed.get();
    if (expression.containsWindow()) {
      return refuse(expression, code, "a window function within an expression");
    }
    if (expression.containsAggregate()) {
      return refuse(expression, code, "an aggregate within an expression");
    }
    if (expression.containsSubquery()) {
      return refuse(expression, code, "a subquery within an expression");
    }
    boolean known = true;
    for (Located<String> column : expression.columns()) {
      known &= isKnown(column, schema, place);
    }
    return known ? parsed : Optional.empty();
  }

  private Optional<ParsedExpression> refuse(
      ParsedExpression expression, MeasureCode code, String message) {
    problems.add(
        Diagnostic.error(
            code,
            expression.span(),
            message,
            code == MeasureCode.NOT_ROW_WISE
                ? "use columns of one event only, or compute it in a table of its own"
                : "use columns of the profile only, or make a measure of it"));
    return Optional.empty();
  }

  /** Whether a column exists; else says so and what might be meant. */
  boolean isKnown(Located<String> column, TableSchema schema, String place) {
    if (schema.has(column.value())) {
      return true;
    }
    Diagnostic unknown =
        Diagnostic.error(
            MeasureCode.UNKNOWN_COLUMN,
            column.span(),
            "column '" + column.value() + "' not found in " + place);
    problems.add(
        Suggestion.didYouMean(column.value(), schema.names())
            .map(unknown::withHelp)
            .orElse(unknown));
    return false;
  }
}
