package dev.kith.model.definition;

import dev.kith.model.Located;
import dev.kith.model.TableName;
import dev.kith.model.definition.SourceDefinition.Requirement;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a {@link Check} demands of a table, of its rows, or of how it has changed. */
public sealed interface Expectation {

  /** As its key in a definition: {@code row_count}. */
  String kind();

  /** The kind and what it is about, short: {@code unique invoice, line}. */
  String text();

  /** Every row satisfies this. */
  record EachRow(Requirement requirement) implements Expectation {
    @Override
    public String kind() {
      if (requirement instanceof Requirement.NotNull) {
        return "not_null";
      }
      if (requirement instanceof Requirement.AcceptedValues) {
        return "accepted_values";
      }
      return requirement instanceof Requirement.Range ? "range" : "matches";
    }

    @Override
    public String text() {
      return kind() + " " + listed(columns());
    }

    /** The columns that it is about. */
    public List<Located<String>> columns() {
      if (requirement instanceof Requirement.NotNull notNull) {
        return notNull.columns();
      }
      if (requirement instanceof Requirement.AcceptedValues accepted) {
        return List.of(accepted.column());
      }
      if (requirement instanceof Requirement.Range range) {
        return List.of(range.column());
      }
      return List.of(((Requirement.Matches) requirement).column());
    }
  }

  /** No two rows have the same values in these columns; rows with a NULL among them pass. */
  record Unique(List<Located<String>> columns) implements Expectation {
    public Unique {
      columns = List.copyOf(columns);
    }

    @Override
    public String kind() {
      return "unique";
    }

    @Override
    public String text() {
      return kind() + " " + listed(columns);
    }
  }

  /**
   * The values of these columns exist, together, in a row of another table; rows with a NULL among
   * them pass.
   *
   * @param toColumns of the other table, as many
   */
  record Relationship(
      List<Located<String>> columns, Located<TableName> to, List<Located<String>> toColumns)
      implements Expectation {
    public Relationship {
      columns = List.copyOf(columns);
      toColumns = List.copyOf(toColumns);
    }

    @Override
    public String kind() {
      return "relationship";
    }

    @Override
    public String text() {
      return kind() + " " + listed(columns) + " to " + to.value();
    }
  }

  /**
   * How many rows there are.
   *
   * @param change the most by which the number may have grown or shrunk since the release before,
   *     as a share of that release's: 0.2 is a fifth
   */
  record RowCount(Optional<Long> min, Optional<Long> max, Optional<Double> change)
      implements Expectation {
    @Override
    public String kind() {
      return "row_count";
    }

    @Override
    public String text() {
      return kind();
    }
  }

  /** The newest time of the column is no older than this before the run's as-of instant. */
  record Freshness(Located<String> column, Window.Span within) implements Expectation {
    @Override
    public String kind() {
      return "freshness";
    }

    @Override
    public String text() {
      return kind() + " " + column.value();
    }
  }

  /**
   * The values of the column are spread as they were in the release before.
   *
   * @param maxShift 0 to 1: the most that the share of rows below any value (numbers and times), or
   *     in any set of values (all else), may have changed
   */
  record Distribution(Located<String> column, double maxShift) implements Expectation {
    @Override
    public String kind() {
      return "distribution";
    }

    @Override
    public String text() {
      return kind() + " " + column.value();
    }
  }

  /** A query over any tables of the release gives no row. */
  record Sql(Located<String> query) implements Expectation {
    @Override
    public String kind() {
      return "sql";
    }

    @Override
    public String text() {
      return kind();
    }
  }

  private static String listed(Collection<Located<String>> columns) {
    return columns.stream().map(Located::value).collect(Collectors.joining(", "));
  }
}
