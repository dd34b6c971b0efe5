package dev.kith.lake;

import dev.kith.model.KithException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableScan;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.Type;
import org.jspecify.annotations.Nullable;

/** The data files of a snapshot with their deletion vectors, by the files' names in metadata. */
record TableState(Map<String, ScanFile> files) {

  TableState {
    files = Collections.unmodifiableMap(files);
  }

  static TableState of(Table table, LocalFileIO io, long snapshotId, Optional<RangeFilter> range) {
    TableScan scan =
        table
            .newScan()
            .useSnapshot(snapshotId)
            .planWith(CallerThread.forReading(table.snapshot(snapshotId), table.io()));
    if (range.isPresent()) {
      scan = scan.filter(expression(table, snapshotId, range.get()));
    }
    Map<Long, Integer> schemas = schemasBySequence(table);
    Optional<Integer> only = onlySchema(table);
    Map<String, ScanFile> files = new LinkedHashMap<>();
    try (CloseableIterable<FileScanTask> tasks = scan.planFiles()) {
      for (FileScanTask task : tasks) {
        Optional<Integer> schema =
            Optional.ofNullable(schemas.get(task.file().fileSequenceNumber())).or(() -> only);
        ScanFile file =
            new ScanFile(
                io,
                task.file().copyWithoutStats(),
                vector(table, task),
                schema.map(OptionalInt::of).orElseGet(OptionalInt::empty),
                snapshotId);
        files.put(file.location(), file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new TableState(files);
  }

  private static @Nullable DeleteFile vector(Table table, FileScanTask task) {
    List<DeleteFile> deletes = task.deletes();
    if (deletes.isEmpty()) {
      return null;
    }
    DeleteFile first = deletes.get(0);
    if (deletes.size() > 1 || first.format() != FileFormat.PUFFIN) {
      throw KithException.outside(
          LakeCode.FOREIGN_DELETES,
          table.name(),
          "Cannot read '"
              + table.name()
              + "': another program wrote deletes that are no deletion"
              + " vectors: "
              + first.location(),
          null);
    }
    return first.copy();
  }

  /** Other programs may leave columns out that can be NULL. */
  private static boolean isOwn(Snapshot snapshot) {
    return snapshot.summary().containsKey(ProvenanceSummary.COMMIT);
  }

  /** Of a table whose columns never changed and that nobody else wrote to, as far as is known. */
  private static Optional<Integer> onlySchema(Table table) {
    for (Snapshot snapshot : table.snapshots()) {
      if (!isOwn(snapshot)) {
        return Optional.empty();
      }
    }
    return table.schemas().size() == 1 ? Optional.of(table.schema().schemaId()) : Optional.empty();
  }

  private static Map<Long, Integer> schemasBySequence(Table table) {
    Map<Long, Integer> schemas = new HashMap<>();
    for (Snapshot snapshot : table.snapshots()) {
      if (snapshot.schemaId() != null && isOwn(snapshot)) {
        schemas.put(snapshot.sequenceNumber(), snapshot.schemaId());
      }
    }
    return schemas;
  }

  private static Expression expression(Table table, long snapshotId, RangeFilter range) {
    Snapshot snapshot = table.snapshot(snapshotId);
    var schema = table.schemas().getOrDefault(snapshot.schemaId(), table.schema());
    var field = schema.caseInsensitiveFindField(range.column());
    if (field == null) {
      throw new IllegalArgumentException(
          "Cannot filter '" + table.name() + "' by a column that it lacks: " + range.column());
    }
    Type type = field.type();
    Expression expression = Expressions.notNull(field.name());
    if (range.from().isPresent()) {
      Object from = IcebergValues.toIceberg(range.from().get(), type);
      expression = Expressions.and(expression, Expressions.greaterThanOrEqual(field.name(), from));
    }
    if (range.to().isPresent()) {
      Object to = IcebergValues.toIceberg(range.to().get(), type);
      expression = Expressions.and(expression, Expressions.lessThan(field.name(), to));
    }
    return expression;
  }
}
