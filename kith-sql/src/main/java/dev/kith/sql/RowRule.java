package dev.kith.sql;

import dev.kith.model.Located;
import dev.kith.model.definition.SourceDefinition.Requirement;
import dev.kith.model.type.Column;
import dev.kith.model.type.TableSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * A rule about one column of every row, as SQL.
 *
 * @param broken a condition over the row; true where it breaks the rule
 * @param fault what is wrong with a value that breaks it, to follow the value: "is below 1"
 */
public record RowRule(Column column, String broken, String fault) {

  /**
   * The rules that a requirement makes, one per column and bound.
   *
   * @param unknown hears of columns that are not in the schema; they make no rule
   */
  public static List<RowRule> of(
      Requirement requirement, TableSchema schema, Consumer<Located<String>> unknown) {
    List<RowRule> rules = new ArrayList<>();
    if (requirement instanceof Requirement.NotNull notNull) {
      for (Located<String> name : notNull.columns()) {
        find(name, schema, unknown).ifPresent(column -> rules.add(notNull(column)));
      }
    } else if (requirement instanceof Requirement.AcceptedValues accepted) {
      find(accepted.column(), schema, unknown)
          .ifPresent(column -> rules.add(accepted(column, accepted.values())));
    } else if (requirement instanceof Requirement.Range range) {
      find(range.column(), schema, unknown).ifPresent(column -> rules.addAll(range(column, range)));
    } else if (requirement instanceof Requirement.Matches matches) {
      find(matches.column(), schema, unknown)
          .ifPresent(column -> rules.add(matches(column, matches.pattern())));
    }
    return rules;
  }

  /** The column is not NULL. */
  public static RowRule notNull(Column column) {
    return new RowRule(column, column.quotedName() + " IS NULL", "is NULL");
  }

  private static RowRule accepted(Column column, List<String> values) {
    String list =
        values.stream().map(value -> typed(value, column)).collect(Collectors.joining(", "));
    return new RowRule(
        column, column.quotedName() + " NOT IN (" + list + ")", "is not an accepted value");
  }

  private static List<RowRule> range(Column column, Requirement.Range range) {
    List<RowRule> rules = new ArrayList<>();
    range
        .min()
        .map(min -> new RowRule(column, compare(column, "<", min), "is below " + min))
        .ifPresent(rules::add);
    range
        .max()
        .map(max -> new RowRule(column, compare(column, ">", max), "is above " + max))
        .ifPresent(rules::add);
    return rules;
  }

  private static RowRule matches(Column column, String pattern) {
    return new RowRule(
        column,
        "NOT regexp_full_match(CAST("
            + column.quotedName()
            + " AS VARCHAR), "
            + literal(pattern)
            + ")",
        "does not match " + pattern);
  }

  private static Optional<Column> find(
      Located<String> name, TableSchema schema, Consumer<Located<String>> unknown) {
    Optional<Column> column = schema.column(name.value());
    if (column.isEmpty()) {
      unknown.accept(name);
    }
    return column;
  }

  private static String compare(Column column, String operator, String bound) {
    return column.quotedName() + " " + operator + " " + typed(bound, column);
  }

  private static String typed(String value, Column column) {
    return "CAST(" + literal(value) + " AS " + column.type().sql() + ")";
  }

  private static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
