package dev.kith.lake;

import dev.kith.model.type.TableSchema;
import java.util.List;

/**
 * How a physical table keeps its rows. Names of columns refer to the schema at creation.
 *
 * @param partitioning how rows are spread over files; hidden from readers
 * @param sortedBy the order of rows inside a file
 * @param key the columns that name a row; may be empty
 */
public record TableLayout(
    TableSchema schema, List<Partitioning> partitioning, List<String> sortedBy, List<String> key) {

  public TableLayout {
    partitioning = List.copyOf(partitioning);
    sortedBy = List.copyOf(sortedBy);
    key = List.copyOf(key);
  }

  /** Rows in no particular place or order. */
  public static TableLayout of(TableSchema schema) {
    return new TableLayout(schema, List.of(), List.of(), List.of());
  }
}
