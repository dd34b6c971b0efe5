package dev.kith.measures;

import dev.kith.model.type.TableSchema;
import java.util.List;
import java.util.Optional;

/**
 * SQL that computes a profile: the steps are materialised in order, then the query gives the rows.
 * It runs in a session whose zone is the project's. Other queries use the same step names, so the
 * steps are dropped when the rows have been read.
 *
 * @param sql one row per person, or per pair, in no order; the plan's columns in order
 */
public record CompiledQuery(List<Step> steps, String sql) {

  public CompiledQuery {
    steps = List.copyOf(steps);
  }

  /**
   * A query whose rows are kept until the end.
   *
   * @param name begins with {@code kith_}
   * @param state the columns of rows that are worth keeping beyond the end: with them the next
   *     update can tell what became of them without reading all events
   */
  public record Step(String name, String sql, Optional<TableSchema> state) {

    /** Rows that nobody needs later. */
    Step(String name, String sql) {
      this(name, sql, Optional.empty());
    }

    /** The same with its rows kept. */
    Step keeping(TableSchema columns) {
      return new Step(name, sql, Optional.of(columns));
    }
  }
}
