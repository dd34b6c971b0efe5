package dev.kith.model.definition;

import dev.kith.model.Located;
import dev.kith.model.SourceSpan;
import dev.kith.model.TableName;
import java.util.List;
import java.util.Optional;

/**
 * {@code tables/NAME.sql}: a table made by a query from others.
 *
 * @param sql the query, without the leading settings comment; its span is where it starts
 * @param key the columns that name a row; may be empty
 * @param at the column that says when a row's fact became true
 * @param atSafe the author's promise that a row depends only on what was known at its {@code at}
 * @param checks what must hold of the table before it is published
 */
public record TableDefinition(
    TableName name,
    Documentation documentation,
    SourceSpan span,
    Located<String> sql,
    List<Located<String>> key,
    Optional<Located<String>> at,
    boolean atSafe,
    Located<Mode> mode,
    List<Check> checks)
    implements Definition {

  public TableDefinition {
    key = List.copyOf(key);
    checks = List.copyOf(checks);
  }

  /** How the table follows its inputs. */
  public sealed interface Mode {

    /** Computed anew; with a key, only the rows that differ are committed. */
    record Full() implements Mode {}

    /** The query over the rows that were appended to its input. */
    record Append() implements Mode {}

    /**
     * Computed anew for the periods that changed input touches.
     *
     * @param column a time or date column of the table, passed through from the input
     * @param lookback how many periods before the touched ones are computed too
     */
    record ByTime(String column, Grain grain, int lookback) implements Mode {}

    /** Computed anew for the keys that changed input touches. */
    record ByKey() implements Mode {}
  }

  /** The periods of a table in mode {@code by_time}, in the project's zone. */
  public enum Grain {
    HOUR,
    DAY,
    MONTH,
    YEAR
  }
}
