package dev.kith.run.difference;

import dev.kith.model.type.Column;
import dev.kith.model.type.TableSchema;
import dev.kith.run.plan.ReaderChange.Difference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How the columns and keys of a table differ. */
final class SchemaDifference {

  private SchemaDifference() {}

  static List<Difference> of(Side before, Side after) {
    List<Difference> differences = new ArrayList<>();
    TableSchema old = before.schema();
    for (Column column : after.schema().columns()) {
      Optional<Column> same = old.column(column.name());
      if (same.isEmpty()) {
        differences.add(new Difference.ColumnAdded(column));
      } else if (!same.get().type().equals(column.type())) {
        differences.add(
            new Difference.ColumnRetyped(column.name(), same.get().type(), column.type()));
      }
    }
    for (Column column : old.columns()) {
      if (!after.schema().has(column.name())) {
        differences.add(new Difference.ColumnRemoved(column));
      }
    }
    if (!before.key().equals(after.key())) {
      differences.add(new Difference.KeyChanged(before.key(), after.key()));
    }
    return differences;
  }

  /** The columns whose values can be compared, as the later release has them. */
  static List<Column> common(Side before, Side after) {
    TableSchema old = before.schema();
    return after.schema().columns().stream()
        .filter(
            column ->
                old.column(column.name())
                    .filter(same -> same.type().equals(column.type()))
                    .isPresent())
        .toList();
  }
}
