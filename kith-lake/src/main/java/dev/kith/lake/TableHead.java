package dev.kith.lake;

import dev.kith.model.type.TableSchema;
import java.util.Optional;

/**
 * A physical table as it is now, without its files.
 *
 * @param layout with the columns of now
 * @param latest what was committed last; nothing before the first commit
 */
public record TableHead(PhysicalTable table, TableLayout layout, Optional<Latest> latest) {

  /**
   * The head of a table.
   *
   * @param schema the columns at that snapshot
   */
  public record Latest(Snapshot snapshot, TableSchema schema) {}

  static TableHead of(LakeTable table) {
    return new TableHead(
        table.name(),
        table.layout(),
        table.head().map(snapshot -> new Latest(snapshot, table.schema(snapshot.id()))));
  }
}
