package dev.kith.run.plan;

import dev.kith.model.TableName;
import dev.kith.model.type.Column;
import dev.kith.model.type.DataType;
import java.util.List;

/**
 * What readers of a table would find changed, besides its rows.
 *
 * @param usedBy what reads the table, directly or through others
 */
public record ReaderChange(TableName table, List<Difference> differences, List<TableName> usedBy) {

  public ReaderChange {
    differences = List.copyOf(differences);
    usedBy = List.copyOf(usedBy);
  }

  /** One thing that is different. */
  public sealed interface Difference {

    /** The table is new. */
    record TableAdded() implements Difference {}

    /** The table is gone. */
    record TableRemoved() implements Difference {}

    record ColumnAdded(Column column) implements Difference {}

    record ColumnRemoved(Column column) implements Difference {}

    record ColumnRetyped(String column, DataType from, DataType to) implements Difference {}

    record KeyChanged(List<String> from, List<String> to) implements Difference {
      public KeyChanged {
        from = List.copyOf(from);
        to = List.copyOf(to);
      }
    }
  }
}
