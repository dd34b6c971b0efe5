package dev.kith.lake;

import dev.kith.model.KithException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.Metrics;
import org.apache.iceberg.MetricsConfig;
import org.apache.iceberg.PartitionData;
import org.apache.iceberg.Table;
import org.apache.iceberg.parquet.ParquetUtil;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/** Makes Iceberg's entry of a file that an engine wrote, from the file's own footer. */
final class DataFileFactory {

  private final Table table;
  private final LocalFileIO files;

  DataFileFactory(Table table, LocalFileIO files) {
    this.table = table;
    this.files = files;
  }

  /** Its entry; the file is on the disk then. */
  DataFile of(WrittenFile written) {
    ParquetFooter footer;
    try {
      DurableFiles.force(written.path());
      footer = ParquetFooter.read(written.path());
    } catch (IOException e) {
      throw unfit(written, String.valueOf(e.getMessage()), e);
    }
    if (!footer.hasFieldIds()) {
      throw unfit(written, "it has columns without field ids", null);
    }
    Metrics metrics =
        ParquetUtil.footerMetrics(footer.metadata(), Stream.empty(), MetricsConfig.forTable(table));
    DataFiles.Builder builder =
        DataFiles.builder(table.spec())
            .withPath(files.location(written.path()))
            .withFormat(FileFormat.PARQUET)
            .withFileSizeInBytes(footer.fileBytes())
            .withMetrics(withoutFloatingPointBounds(metrics))
            .withSplitOffsets(ParquetUtil.getSplitOffsets(footer.metadata()));
    if (table.spec().isPartitioned()) {
      builder.withPartition(partition(written));
    }
    return builder.build();
  }

  private PartitionData partition(WrittenFile written) {
    Types.StructType types = table.spec().partitionType();
    if (written.partition().size() != types.fields().size()) {
      throw unfit(written, "its partition is " + written.partition(), null);
    }
    PartitionData data = new PartitionData(types);
    for (int i = 0; i < types.fields().size(); i++) {
      Object value = written.partition().get(i);
      Type type = types.fields().get(i).type();
      try {
        data.set(i, value == null ? null : IcebergValues.toIceberg(value, type));
      } catch (IllegalArgumentException | java.time.DateTimeException e) {
        throw unfit(written, "its partition is " + written.partition(), e);
      }
    }
    return data;
  }

  /**
   * Parquet's bounds leave NaN out, while an engine may sort it above all numbers: a bound would
   * then exclude rows that match.
   */
  private Metrics withoutFloatingPointBounds(Metrics metrics) {
    return new Metrics(
        metrics.recordCount(),
        metrics.columnSizes(),
        metrics.valueCounts(),
        metrics.nullValueCounts(),
        metrics.nanValueCounts(),
        exact(metrics.lowerBounds()),
        exact(metrics.upperBounds()));
  }

  private @Nullable Map<Integer, ByteBuffer> exact(@Nullable Map<Integer, ByteBuffer> bounds) {
    if (bounds == null) {
      return null;
    }
    Map<Integer, ByteBuffer> kept = new HashMap<>(bounds);
    kept.keySet().removeIf(id -> isFloatingPoint(table.schema().findType(id)));
    return kept;
  }

  private static boolean isFloatingPoint(@Nullable Type type) {
    return type != null
        && (type.typeId() == Type.TypeID.FLOAT || type.typeId() == Type.TypeID.DOUBLE);
  }

  private KithException unfit(WrittenFile written, String reason, @Nullable Exception cause) {
    return KithException.bug(
        LakeCode.UNFIT_FILE,
        written.path().toString(),
        "Cannot add a file to '" + table.name() + "': " + written.path() + ": " + reason,
        cause);
  }
}
