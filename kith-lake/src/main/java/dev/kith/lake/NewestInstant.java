package dev.kith.lake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.util.SnapshotUtil;

/** The largest value of a column of instants, by what the metadata says of each file. */
final class NewestInstant {

  private final Table table;
  private final long snapshotId;

  NewestInstant(Table table, long snapshotId) {
    this.table = table;
    this.snapshotId = snapshotId;
  }

  /** Nothing if metadata alone does not tell it. */
  Optional<Instant> of(String column) {
    Types.NestedField field = SnapshotUtil.schemaFor(table, snapshotId).findField(column);
    if (field == null || !field.type().equals(Types.TimestampType.withZone())) {
      return Optional.empty();
    }
    long newest = Long.MIN_VALUE;
    try (CloseableIterable<FileScanTask> tasks =
        table
            .newScan()
            .useSnapshot(snapshotId)
            .includeColumnStats(List.of(column))
            .planWith(CallerThread.forReading(table.snapshot(snapshotId), table.io()))
            .planFiles()) {
      for (FileScanTask task : tasks) {
        Map<Integer, ByteBuffer> bounds = task.file().upperBounds();
        ByteBuffer bound = bounds == null ? null : bounds.get(field.fieldId());
        if (bound == null || !task.deletes().isEmpty()) {
          return Optional.empty(); // the row with the largest value may be among the deleted ones
        }
        Long micros = Conversions.fromByteBuffer(field.type(), bound);
        newest = Math.max(newest, micros);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    boolean finite = newest != Long.MIN_VALUE && newest != Long.MAX_VALUE;
    return finite ? Optional.of(Instant.EPOCH.plus(newest, ChronoUnit.MICROS)) : Optional.empty();
  }
}
