package dev.kith.sql;

import dev.kith.model.Located;
import java.util.List;

/**
 * What each output column of a query comes from.
 *
 * <p>It is complete: changing a column that neither a column's own dependencies nor those of the
 * rows name changes nothing in that column. Where the query could not be followed, everything in
 * reach counts as its origin, and {@code unclear} says where and why.
 *
 * @param columns in the order of the query's output
 * @param rows what decides which rows there are, and so influences all of the columns
 */
public record QueryLineage(List<Output> columns, Derivation rows, List<Located<String>> unclear) {

  /** An output column. */
  public record Output(String name, Derivation derivation) {}

  public QueryLineage {
    columns = List.copyOf(columns);
    unclear = List.copyOf(unclear);
  }
}
