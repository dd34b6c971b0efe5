package dev.kith.lake;

import dev.kith.model.type.TableSchema;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A physical table as it is now, without its files.
 *
 * @param layout with the columns of now
 * @param latest what was committed last; nothing before the first commit
 */
public record TableHead(PhysicalTable table, TableLayout layout, Optional<Latest> latest) {

  static TableHead of(LakeTable table) {
    return new TableHead(
        table.name(),
        table.layout(),
        table.head().map(snapshot -> new Latest(snapshot, table.schema(snapshot.id()), Map.of())));
  }

  /** With what was found out about versions, as far as it is about the head. */
  TableHead with(Map<TableVersion, Map<String, Instant>> newest) {
    return new TableHead(
        table,
        layout,
        latest.map(
            head ->
                new Latest(
                    head.snapshot(),
                    head.schema(),
                    newest.getOrDefault(
                        new TableVersion(table, head.snapshot().id()), head.newest()))));
  }

  public Optional<Snapshot> snapshot() {
    return latest.map(Latest::snapshot);
  }

  /**
   * The head of a table.
   *
   * @param schema the columns at that snapshot
   * @param newest the largest values of columns of instants, as far as somebody has asked
   */
  public record Latest(Snapshot snapshot, TableSchema schema, Map<String, Instant> newest) {
    public Latest {
      newest = Collections.unmodifiableMap(new TreeMap<>(newest));
    }
  }
}
