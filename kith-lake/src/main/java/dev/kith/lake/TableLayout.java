package dev.kith.lake;

import dev.kith.model.type.TableSchema;
import java.util.List;

/**
 * How a physical table keeps its rows. Names of columns refer to the schema at creation.
 *
 * @param partitioning how rows are spread over files; hidden from readers
 * @param sortedBy the order of rows inside a file
 * @param key the columns that name a row; may be empty
 * @param compression what files are packed for; those that are there stay as they are
 */
public record TableLayout(
    TableSchema schema,
    List<Partitioning> partitioning,
    List<String> sortedBy,
    List<String> key,
    Compression compression) {

  public TableLayout {
    partitioning = List.copyOf(partitioning);
    sortedBy = List.copyOf(sortedBy);
    key = List.copyOf(key);
  }

  /** As tables are that anybody may read. */
  public TableLayout(
      TableSchema schema,
      List<Partitioning> partitioning,
      List<String> sortedBy,
      List<String> key) {
    this(schema, partitioning, sortedBy, key, Compression.SMALL);
  }

  /** Rows in no particular place or order. */
  public static TableLayout of(TableSchema schema) {
    return new TableLayout(schema, List.of(), List.of(), List.of());
  }
}
