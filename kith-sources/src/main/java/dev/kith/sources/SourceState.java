package dev.kith.sources;

import dev.kith.lake.Snapshot;
import dev.kith.lake.TableHead;
import dev.kith.lake.TableVersion;
import dev.kith.lake.Warehouse;
import dev.kith.model.definition.SourceDefinition;
import dev.kith.model.definition.SourceDefinition.Kind;
import dev.kith.model.type.Column;
import dev.kith.model.type.TableSchema;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A source's tables as the last ingestion left them.
 *
 * @param table empty before the first one
 * @param cursor how far was read
 */
record SourceState(SourceTables names, Optional<TableHead> table, SourceCursor cursor) {

  static SourceState of(SourceTables names, Warehouse warehouse) {
    Optional<TableHead> table = warehouse.head(names.rows());
    SourceCursor cursor =
        table
            .flatMap(TableHead::snapshot)
            .flatMap(snapshot -> snapshot.provenance().cursor())
            .map(SourceCursor::parse)
            .orElse(SourceCursor.START);
    return new SourceState(names, table, cursor);
  }

  /** The newest snapshot of the rows. */
  Optional<Snapshot> head() {
    return table.flatMap(TableHead::snapshot);
  }

  /** The source's own columns in the table. */
  Optional<TableSchema> pinned(SourceDefinition source) {
    return table.map(each -> own(each.layout().schema(), source));
  }

  /**
   * The source's own columns in the newest snapshot. A run that was killed after it had changed the
   * table's columns leaves a snapshot that has the ones before.
   */
  StoredColumns stored(SourceDefinition source) {
    Map<String, String> earlierNames = new HashMap<>();
    source
        .columns()
        .forEach(
            (name, column) -> column.renamedFrom().ifPresent(old -> earlierNames.put(name, old)));
    List<Column> columns =
        table
            .flatMap(TableHead::latest)
            .map(latest -> own(latest.schema(), source).columns())
            .orElse(List.of());
    return new StoredColumns(columns, earlierNames);
  }

  static TableSchema own(TableSchema schema, SourceDefinition source) {
    return new TableSchema(
        schema.columns().stream()
            .filter(column -> !added(source.kind()).contains(column))
            .toList());
  }

  /** The columns that the ingestion adds to a source's own. */
  static List<Column> added(Kind kind) {
    return kind == Kind.ENTITY ? HistoryColumns.ALL : EventColumns.ALL;
  }

  /** All columns of the table that a plain {@code *} does not show. */
  Set<String> hidden() {
    return table
        .map(
            each ->
                each.layout().schema().names().stream()
                    .filter(name -> name.startsWith("_"))
                    .collect(Collectors.toSet()))
        .orElse(Set.of());
  }

  Optional<TableVersion> version() {
    return head().map(snapshot -> new TableVersion(names.rows(), snapshot.id()));
  }
}
