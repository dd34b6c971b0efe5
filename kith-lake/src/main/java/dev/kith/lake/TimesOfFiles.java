package dev.kith.lake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.util.SnapshotUtil;
import org.jspecify.annotations.Nullable;

/** About when a table's events happened, by what the metadata says of each file. */
final class TimesOfFiles {

  private final Table table;
  private final long snapshotId;

  TimesOfFiles(Table table, long snapshotId) {
    this.table = table;
    this.snapshotId = snapshotId;
  }

  /** Local times are taken as if they were UTC's. Nothing if no file tells. */
  Optional<TimeRange> of(String column) {
    Types.NestedField field =
        SnapshotUtil.schemaFor(table, snapshotId).caseInsensitiveFindField(column);
    if (field == null || !isTime(field.type())) {
      return Optional.empty();
    }
    Optional<TimeRange> all = Optional.empty();
    try (CloseableIterable<FileScanTask> tasks =
        table
            .newScan()
            .useSnapshot(snapshotId)
            .includeColumnStats(List.of(field.name()))
            .planWith(CallerThread.forReading(table.snapshot(snapshotId), table.io()))
            .planFiles()) {
      for (FileScanTask task : tasks) {
        Optional<TimeRange> found = of(task.file(), field);
        all = all.isEmpty() ? found : all.map(range -> found.map(range::with).orElse(range));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return all;
  }

  private static boolean isTime(Type type) {
    return type.typeId() == Type.TypeID.TIMESTAMP || type.typeId() == Type.TypeID.DATE;
  }

  private static Optional<TimeRange> of(DataFile file, Types.NestedField field) {
    Optional<Instant> first = bound(file.lowerBounds(), field);
    Optional<Instant> last = bound(file.upperBounds(), field);
    return first.isPresent() && last.isPresent()
        ? Optional.of(new TimeRange(first.get(), last.get()))
        : Optional.empty();
  }

  /** Infinite times are far from when anything happened. */
  private static Optional<Instant> bound(
      @Nullable Map<Integer, ByteBuffer> bounds, Types.NestedField field) {
    ByteBuffer bound = bounds == null ? null : bounds.get(field.fieldId());
    if (bound == null) {
      return Optional.empty();
    }
    if (field.type().typeId() == Type.TypeID.DATE) {
      Integer days = Conversions.fromByteBuffer(field.type(), bound);
      return Math.abs((long) days) == Integer.MAX_VALUE
          ? Optional.empty()
          : Optional.of(Instant.EPOCH.plus(days, ChronoUnit.DAYS));
    }
    Long micros = Conversions.fromByteBuffer(field.type(), bound);
    return micros == Long.MAX_VALUE || micros <= -Long.MAX_VALUE
        ? Optional.empty()
        : Optional.of(Instant.EPOCH.plus(micros, ChronoUnit.MICROS));
  }
}
