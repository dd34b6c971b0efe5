package dev.kith.model.definition;

import dev.kith.model.Located;
import dev.kith.model.SourceSpan;
import dev.kith.model.TableName;
import java.util.List;
import java.util.Optional;

/**
 * {@code profiles/NAME.yaml}: one row per person at an instant.
 *
 * @param key the column that names a person
 * @param from who exists
 * @param attributes columns of {@code from}, which must be an entity with history
 * @param metrics expressions over all other columns and {@code as_of}
 * @param asOfCopy whether its events are kept once more, in the order of people, for answers about
 *     other instants
 * @param checks what must hold of the profile before it is published
 */
public record ProfileDefinition(
    TableName name,
    Documentation documentation,
    SourceSpan span,
    Located<String> key,
    Population from,
    List<Attribute> attributes,
    Optional<Transactions> transactions,
    List<MeasureBlock> measures,
    List<NamedExpression> metrics,
    boolean asOfCopy,
    List<Check> checks)
    implements Definition {

  public ProfileDefinition {
    attributes = List.copyOf(attributes);
    measures = List.copyOf(measures);
    metrics = List.copyOf(metrics);
    checks = List.copyOf(checks);
  }

  /**
   * The name of a measure's column: {@code spend_30d}, {@code spend} over {@code ever}, and {@code
   * spend_next_30d} for one that looks forward.
   */
  public static String columnName(String stem, Window window) {
    if (window instanceof Window.Span span) {
      boolean ahead = span.direction() == Window.Direction.AHEAD;
      return stem + (ahead ? "_next_" : "_") + span.text();
    }
    return stem;
  }

  /** Where people come from. */
  public sealed interface Population {

    /** An entity source, or a table with {@code valid_from} and {@code valid_to}. */
    record History(Located<TableName> table) implements Population {}

    /** People exist from their first event in any of these tables. */
    record KeysOf(List<Located<TableName>> tables) implements Population {
      public KeysOf {
        tables = List.copyOf(tables);
      }
    }
  }

  /** A column of the person's history, and its name in the profile. */
  public record Attribute(Located<String> column, String name) {}

  /**
   * The latest rows of a person, as a list of structs, newest first.
   *
   * @param on the column that holds the person's key; the profile's key unless given
   */
  public record Transactions(
      Located<TableName> from,
      Optional<Located<String>> on,
      int latest,
      List<Located<String>> columns) {
    public Transactions {
      columns = List.copyOf(columns);
    }
  }

  /**
   * Measures over one table of events.
   *
   * @param on the column that holds the person's key; the profile's key unless given
   * @param windows of all measures of the block, in order
   * @param derive an expression per window over the block's measures
   */
  public record MeasureBlock(
      SourceSpan span,
      Located<TableName> from,
      Optional<Located<String>> on,
      List<Located<Window>> windows,
      List<Measure> define,
      List<Derived> derive) {
    public MeasureBlock {
      windows = List.copyOf(windows);
      define = List.copyOf(define);
      derive = List.copyOf(derive);
    }
  }

  /**
   * An aggregate of a person's events.
   *
   * @param is as written, such as {@code sum(amount) filter (where kind = 'sale')}
   * @param over the measure's own windows instead of the block's
   * @param as the stem of its column names instead of {@code name}
   */
  public record Measure(
      Located<String> name,
      Located<String> is,
      Optional<List<Located<Window>>> over,
      Optional<String> as,
      Documentation.ColumnDocumentation documentation) {}

  /** An expression computed once per window of its block. */
  public record Derived(
      Located<String> name,
      Located<String> is,
      Optional<List<Located<Window>>> over,
      Documentation.ColumnDocumentation documentation) {}

  /** A metric: an expression over the profile's other columns. */
  public record NamedExpression(
      Located<String> name, Located<String> is, Documentation.ColumnDocumentation documentation) {}
}
