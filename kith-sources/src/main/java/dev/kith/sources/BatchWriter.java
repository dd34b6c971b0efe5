package dev.kith.sources;

import dev.kith.engine.Input;
import dev.kith.engine.Rows;
import dev.kith.engine.Session;
import dev.kith.engine.WriteMode;
import dev.kith.engine.WriteOutcome;
import dev.kith.engine.WriteRequest;
import dev.kith.lake.Failpoint;
import dev.kith.lake.PhysicalTable;
import dev.kith.lake.Provenance;
import dev.kith.lake.Snapshot;
import dev.kith.lake.TableHead;
import dev.kith.lake.TableLayout;
import dev.kith.lake.TableVersion;
import dev.kith.lake.Warehouse;
import dev.kith.model.TableName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Commits a batch: first the rejected rows, then the rows with the cursor. The second commit is
 * what counts. Whoever is killed between the two leaves rejected rows of a batch that the cursor
 * does not know; they are taken away by the next run, before or with its own.
 */
final class BatchWriter {

  private static final TableName REJECTED = TableName.of("kith_in_rejected");

  private final Session session;
  private final Warehouse warehouse;
  private final IngestContext context;
  private final SourceTables tables;
  private final Instant now;
  private final String batch;
  private final boolean readsAgain;

  /**
   * @param readsAgain whether rows that were rejected before come again, as they do from databases
   */
  BatchWriter(
      IngestContext context, SourceTables tables, Instant now, String batch, boolean readsAgain) {
    this.readsAgain = readsAgain;
    this.session = context.session();
    this.warehouse = context.warehouse();
    this.context = context;
    this.tables = tables;
    this.now = now;
    this.batch = batch;
  }

  String batch() {
    return batch;
  }

  Instant now() {
    return now;
  }

  /** The table of rejected rows with its newest snapshot, which holds no rows of a killed run. */
  Optional<Snapshot> rejectedHead(SourceCursor cursor) {
    Optional<Snapshot> head = warehouse.head(tables.rejected()).flatMap(TableHead::snapshot);
    Optional<String> orphan = orphan(head, cursor);
    if (orphan.isPresent()) {
      writeRejected(
          "SELECT " + Sql.padded("none", Rejects.SCHEMA.columns(), List.of()) + " WHERE false",
          orphan,
          cursor.rejectedBatch());
      return warehouse.table(tables.rejected()).head();
    }
    return head;
  }

  private static Optional<String> orphan(Optional<Snapshot> head, SourceCursor cursor) {
    return head.flatMap(snapshot -> snapshot.provenance().batch())
        .filter(last -> !last.equals(cursor.rejectedBatch().orElse("")));
  }

  /**
   * Commits the batch's rejected rows, if there are any, or if the table does not exist yet.
   *
   * @return the last batch with rejected rows
   */
  Optional<String> commitRejected(Rejects rejects, SourceCursor cursor) {
    Optional<Snapshot> head =
        warehouse.openOrCreate(tables.rejected(), TableLayout.of(Rejects.SCHEMA)).head();
    if (rejects.count() == 0 && head.isPresent() && orphan(head, cursor).isEmpty()) {
      return cursor.rejectedBatch();
    }
    writeRejected(rejectedSql(), orphan(head, cursor), Optional.of(batch));
    Failpoint.REJECTS_COMMITTED.hit();
    return Optional.of(batch);
  }

  /** How many of the rejected rows were not rejected before, by their text and reason. */
  long newRejects(Rejects rejects) {
    if (rejects.count() == 0) {
      return 0;
    }
    try (Rows rows = session.query("SELECT count(*) FROM (" + rejectedSql() + ")")) {
      rows.next();
      return rows.value(0) instanceof Number number ? number.longValue() : 0;
    }
  }

  private String rejectedSql() {
    String sql =
        "SELECT %s AS rejected_at, r.reason, r.column_name, r.raw, %s AS _batch, r._origin FROM %s r"
            .formatted(Sql.instant(now), Sql.literal(batch), Rejects.TABLE);
    Optional<Snapshot> head =
        readsAgain && warehouse.exists(tables.rejected())
            ? warehouse.table(tables.rejected()).head()
            : Optional.empty();
    if (head.isEmpty()) {
      return sql;
    }
    session.bind(
        REJECTED, new Input.Whole(new TableVersion(tables.rejected(), head.get().id())), Set.of());
    return sql
        + " WHERE NOT EXISTS (SELECT 1 FROM %s o WHERE o.raw IS NOT DISTINCT FROM r.raw AND o.reason = r.reason)"
            .formatted(REJECTED.quoted());
  }

  private void writeRejected(String sql, Optional<String> orphan, Optional<String> last) {
    WriteMode mode =
        orphan.isEmpty()
            ? new WriteMode.Append()
            : new WriteMode.ReplaceKeys(
                List.of("_batch"), "SELECT " + Sql.literal(orphan.get()) + " AS _batch");
    session.write(
        new WriteRequest(tables.rejected(), sql, mode, provenance(last, Optional.empty()), true));
  }

  /** Commits rows with the cursor. */
  WriteOutcome commitRows(String sql, WriteMode mode, SourceCursor cursor) {
    WriteOutcome outcome =
        session.write(
            new WriteRequest(
                tables.rows(),
                sql,
                mode,
                provenance(Optional.of(batch), Optional.of(cursor.toJson())),
                true));
    Failpoint.ROWS_COMMITTED.hit();
    return outcome;
  }

  private Provenance provenance(Optional<String> last, Optional<String> cursor) {
    return new Provenance(
        context.run(), context.definition(), Map.of(), Optional.empty(), last, cursor);
  }

  /** The source's table with the layout's columns, made or changed as needed. */
  void prepareTable(SourceState state, TableLayout layout, Map<String, String> renames) {
    if (state.table().isPresent()) {
      warehouse.table(tables.rows()).evolve(layout.schema(), renames);
    } else {
      warehouse.openOrCreate(tables.rows(), layout);
    }
  }

  PhysicalTable rows() {
    return tables.rows();
  }
}
