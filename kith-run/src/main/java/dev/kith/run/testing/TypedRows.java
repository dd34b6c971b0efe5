package dev.kith.run.testing;

import dev.kith.model.SourceSpan;
import dev.kith.model.type.Column;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The rows of a test, typed; those of a query are known when it has run. */
sealed interface TypedRows {

  /** The columns that at least one row names. */
  Set<String> columns();

  /** Rows that are written in the test or in a file. */
  record Ready(List<TypedRow> rows) implements TypedRows {
    public Ready {
      rows = List.copyOf(rows);
    }

    @Override
    public Set<String> columns() {
      Set<String> columns = new LinkedHashSet<>();
      rows.forEach(row -> columns.addAll(row.columns()));
      return columns;
    }
  }

  /**
   * Rows that a query gives.
   *
   * @param targets the columns of the table that its columns are for, in the query's order
   */
  record Query(String sql, List<Column> targets, SourceSpan span) implements TypedRows {
    public Query {
      targets = List.copyOf(targets);
    }

    @Override
    public Set<String> columns() {
      Set<String> columns = new LinkedHashSet<>();
      targets.forEach(column -> columns.add(column.name()));
      return columns;
    }
  }
}
