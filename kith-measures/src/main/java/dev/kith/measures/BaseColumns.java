package dev.kith.measures;

import dev.kith.measures.ColumnOrigin.Measured;
import dev.kith.model.definition.Window;
import java.util.Collection;

/** Expressions of columns that are not made from other columns, over the joined families. */
final class BaseColumns {

  private final Families families;
  private final Lowering lowering;

  /**
   * @param all columns that will be asked for
   */
  BaseColumns(Families families, Collection<OutputColumn> all) {
    this.families = families;
    this.lowering = new Lowering(families);
    lowering.prepare(
        all.stream()
            .map(OutputColumn::origin)
            .filter(Measured.class::isInstance)
            .map(Measured.class::cast)
            .toList());
  }

  String expression(OutputColumn column) {
    if (column.origin() instanceof ColumnOrigin.Key) {
      return Frame.KEY;
    }
    if (column.origin() instanceof ColumnOrigin.Attribute attribute) {
      return "p." + Dialect.quoted(attribute.column());
    }
    if (column.origin() instanceof Measured measured) {
      return lowering.lower(measured, column.type());
    }
    if (column.origin() instanceof ColumnOrigin.Transactions transactions) {
      return families
          .newestRows(transactions.events(), transactions.columns())
          .list(transactions.latest(), new Window.Ever());
    }
    throw new IllegalArgumentException("Cannot find in the families: " + column.name());
  }
}
