package dev.kith.run.check;

import dev.kith.engine.Input;
import dev.kith.engine.Session;
import dev.kith.lake.Release;
import dev.kith.lake.ReleaseEntry;
import dev.kith.lake.Warehouse;
import dev.kith.model.TableName;
import dev.kith.model.type.TableSchema;
import java.util.Optional;
import java.util.Set;

/** The tables of the release before, which checks compare with. */
final class Baselines {

  /** What the table of the release before is bound to. */
  static final TableName NAME = TableName.of("kith_before");

  private final Warehouse warehouse;
  private final Optional<Release> before;

  Baselines(Warehouse warehouse, Optional<Release> before) {
    this.warehouse = warehouse;
    this.before = before;
  }

  /** How many rows the table had. */
  Optional<Long> rows(TableName table) {
    return entry(table)
        .map(entry -> warehouse.table(entry.table()).snapshot(entry.snapshotId()).totals().rows());
  }

  /** The columns that the table had. */
  Optional<TableSchema> schema(TableName table) {
    return entry(table).map(ReleaseEntry::schema);
  }

  /** Makes its rows readable as {@link #NAME}. */
  void bind(Session session, TableName table) {
    session.bind(NAME, new Input.Whole(entry(table).orElseThrow().version()), Set.of());
  }

  private Optional<ReleaseEntry> entry(TableName table) {
    return before.flatMap(release -> release.entry(table));
  }
}
