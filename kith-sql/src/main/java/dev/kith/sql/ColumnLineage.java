package dev.kith.sql;

import dev.kith.model.Located;
import java.util.List;

/**
 * What each column of a query, table or profile comes from.
 *
 * <p>It is complete: changing a column that neither a column's own dependencies nor those of the
 * rows name changes nothing in that column. Where a query could not be followed, everything in
 * reach counts as its origin, and {@code unclear} says where and why.
 *
 * @param columns in order
 * @param rows what decides which rows there are, and so influences all of the columns
 */
public record ColumnLineage(List<Output> columns, Derivation rows, List<Located<String>> unclear) {

  /** An output column. */
  public record Output(String name, Derivation derivation) {}

  public ColumnLineage {
    columns = List.copyOf(columns);
    unclear = List.copyOf(unclear);
  }
}
