package dev.kith.engine.duckdb;

import dev.kith.engine.EngineCode;
import dev.kith.engine.WriteMode;
import dev.kith.engine.WriteMode.Append;
import dev.kith.engine.WriteMode.Overwrite;
import dev.kith.engine.WriteMode.ReplaceKeys;
import dev.kith.engine.WriteMode.ReplaceRange;
import dev.kith.engine.WriteMode.Synchronise;
import dev.kith.engine.WriteOutcome;
import dev.kith.engine.WriteRequest;
import dev.kith.lake.LakeTable;
import dev.kith.lake.RowPositions;
import dev.kith.lake.ScanFile;
import dev.kith.lake.Snapshot;
import dev.kith.model.KithException;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** One write: the rows of a query into a table, in one of the modes, in one commit. */
final class TableWriter {

  private final Statements statements;
  private final PositionTables tables;
  private final ParquetOutput output;
  private final ZoneId zone;
  private final WriteRequest request;
  private final LakeTable table;
  private final String subject;
  private final Fields fields;
  private final Optional<Snapshot> head;
  private final String rows;

  /**
   * @param source the columns of the request's query
   */
  TableWriter(
      Statements statements,
      PositionTables tables,
      ParquetOutput output,
      ZoneId zone,
      WriteRequest request,
      LakeTable table,
      List<ResultSchema.Described> source) {
    this.statements = statements;
    this.tables = tables;
    this.output = output;
    this.zone = zone;
    this.request = request;
    this.table = table;
    this.subject = table.name().name();
    this.head = table.head();
    this.fields = Fields.ofNow(table);
    this.rows = Projection.of(source, fields.schema(), subject).select(request.sql());
  }

  WriteOutcome write() {
    WriteMode mode = request.mode();
    if (mode instanceof Append) {
      return new Change(table, request, head, output.write(table, rows)).commit();
    }
    if (mode instanceof Overwrite) {
      List<ScanFile> replaced = files();
      return new Change(table, request, head, output.write(table, rows)).remove(replaced).commit();
    }
    if (mode instanceof Synchronise synchronise) {
      return synchronise(synchronise);
    }
    if (mode instanceof ReplaceRange range) {
      return replaceRange(range);
    }
    return replaceKeys((ReplaceKeys) mode);
  }

  private WriteOutcome synchronise(Synchronise mode) {
    List<ScanFile> present = files();
    if (present.isEmpty()) {
      // Straight into the files; their keys are then checked on the disk.
      ParquetOutput.Written written = output.write(table, rows);
      Change change = new Change(table, request, head, written);
      return change.commitAfter(
          () -> checkUnique(mode.key(), change.scanOfNew(fields, mode.key())));
    }
    try (Difference difference =
        new Difference(statements, tables, subject, fields.schema(), rows)) {
      checkUnique(mode.key(), "SELECT * FROM " + difference.fresh());
      return replace(difference, present, Optional.empty());
    }
  }

  private WriteOutcome replaceRange(ReplaceRange mode) {
    RangeBounds bounds = RangeBounds.of(mode, fields.schema(), zone);
    String checked = bounds.check(rows, fields.names());
    List<ScanFile> present =
        head.map(snapshot -> table.scan(snapshot.id(), Optional.of(bounds.filter())))
            .orElse(List.of());
    if (present.isEmpty()) {
      return new Change(table, request, head, output.write(table, checked)).commit();
    }
    try (Difference difference =
        new Difference(statements, tables, subject, fields.schema(), checked)) {
      return replace(difference, present, Optional.of("WHERE " + bounds.condition("r.")));
    }
  }

  private WriteOutcome replaceKeys(ReplaceKeys mode) {
    List<ScanFile> present = files();
    if (present.isEmpty()) {
      return new Change(table, request, head, output.write(table, rows)).commit();
    }
    try (KeySet keys = new KeySet(statements, tables, subject, mode)) {
      if (keys.isEmpty()) {
        return new Change(table, request, head, output.write(table, rows)).commit();
      }
      if (!mode.comparing()) {
        Map<ScanFile, RowPositions> removed = keys.places(fields, present);
        return new Change(table, request, head, output.write(table, rows)).delete(removed).commit();
      }
      KeySet.Hits hits = keys.find(fields, present);
      if (hits.files().isEmpty()) {
        return new Change(table, request, head, output.write(table, rows)).commit();
      }
      try (Difference difference =
          new Difference(statements, tables, subject, fields.schema(), rows)) {
        return replace(difference, hits.files(), Optional.of(hits.restriction()));
      }
    }
  }

  private WriteOutcome replace(
      Difference difference, List<ScanFile> present, Optional<String> restriction) {
    Scan scan = Scan.of(present, fields, fields.names(), Scan.Layer.PLACES, tables);
    Map<ScanFile, RowPositions> removed;
    try {
      removed = difference.compareWith(scan, restriction);
    } finally {
      scan.positions().forEach(tables::drop);
    }
    Optional<ParquetOutput.Written> written =
        difference.addedRows() == 0
            ? Optional.empty()
            : Optional.of(output.write(table, difference.added()));
    return new Change(table, request, head, written).delete(removed).commit();
  }

  private List<ScanFile> files() {
    return head.map(snapshot -> table.scan(snapshot.id())).orElse(List.of());
  }

  private void checkUnique(List<String> key, String relation) {
    String columns = key.stream().map(Sql::identifier).collect(Collectors.joining(", "));
    String duplicates =
        "SELECT count(*), max(n) FROM (SELECT count(*) AS n FROM %s GROUP BY %s HAVING n > 1)"
            .formatted(Sql.relation(relation), columns);
    statements.query(
        subject,
        duplicates,
        result -> {
          result.next();
          long repeated = result.getLong(1);
          if (repeated > 0) {
            throw KithException.project(
                    EngineCode.DUPLICATE_KEY,
                    subject,
                    "Cannot write to '%s': %d values of its key (%s) occur more than once, one of them %d times"
                        .formatted(subject, repeated, String.join(", ", key), result.getLong(2)))
                .withHelp("add a column to the key, or aggregate in the query");
          }
          return repeated;
        });
  }
}
