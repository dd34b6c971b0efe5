package dev.kith.run.testing;

import dev.kith.model.SourceSpan;
import dev.kith.model.TableName;
import dev.kith.model.type.Column;
import java.util.List;
import java.util.OptionalLong;

/**
 * How a table differs from what a test expects of it.
 *
 * @param span where it is expected
 * @param columns that are compared; all of the table if no expected row names one
 * @param rows that differ, in the order of the test and then of the table
 * @param expectedCount how many rows were demanded, if it is another number
 * @param actualCount how many rows the table has
 */
public record TableDifference(
    TableName table,
    SourceSpan span,
    List<Column> columns,
    List<RowDifference> rows,
    OptionalLong expectedCount,
    long actualCount) {

  public TableDifference {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
  }

  boolean isNone() {
    return rows.isEmpty() && expectedCount.isEmpty();
  }
}
