package dev.kith.engine.duckdb;

import dev.kith.lake.Compression;
import dev.kith.lake.LakeTable;
import dev.kith.lake.PartitionColumn;
import dev.kith.lake.WrittenFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes the rows of a query into new Parquet files of a table, which no snapshot holds yet. */
final class ParquetOutput {

  /** Where a file ends and the next begins. Larger ones cost more to rewrite for a few rows. */
  private static final long FILE_BYTES = 256L << 20;

  private static final int ROW_GROUP_ROWS = 122_880;

  /** A fifth less processor time for a whole write than by default, for files 3 % larger. */
  static final int ZSTD_LEVEL = 1;

  private static final String NO_PARTITION = ", WRITE_EMPTY_FILE false";

  private final Statements statements;
  private final PartitionKeys partitionKeys;

  ParquetOutput(Statements statements, PartitionKeys partitionKeys) {
    this.statements = statements;
    this.partitionKeys = partitionKeys;
  }

  /**
   * Files of one write.
   *
   * @param folder holds these files and no others
   */
  record Written(Path folder, List<WrittenFile> files, long rows, long bytes) {

    /** Removes files that are of no use. */
    void discard() {
      TemporaryFolder.delete(folder);
    }
  }

  /**
   * Partitioned, sorted and with field ids as the table wants it.
   *
   * @param query gives all columns of the table
   */
  Written write(LakeTable table, String query) {
    List<PartitionColumn> partition = table.partitionColumns();
    List<String> names = PartitionKeys.names(partition);
    List<String> expressions = partitionKeys.expressions(partition);
    List<String> columns = new ArrayList<>(List.of("*"));
    for (int i = 0; i < names.size(); i++) {
      columns.add(expressions.get(i) + " AS " + names.get(i));
    }
    List<String> sorted =
        table.layout().sortedBy().stream().map(Sql::identifier).collect(Collectors.toList());
    if (!sorted.isEmpty()) {
      sorted.addAll(0, names);
    }
    String select =
        "SELECT %s FROM %s%s"
            .formatted(
                String.join(", ", columns),
                Sql.relation(query),
                sorted.isEmpty() ? "" : " ORDER BY " + String.join(", ", sorted));
    String partitionBy =
        names.isEmpty()
            ? NO_PARTITION
            : ", PARTITION_BY (" + String.join(", ", names) + "), HIVE_FILE_PATTERN false";
    return copy(
        table,
        select,
        FieldIds.forWriting(table.icebergSchema(), Map.of()) + partitionBy,
        keys -> PartitionKeys.values(partition, keys));
  }

  /**
   * Rows of one partition that keep their identity.
   *
   * @param query gives all columns of the table, and those of {@link Scan.Layer#IDENTITIES}
   */
  Written rewrite(LakeTable table, String query, List<@Nullable Object> partition) {
    List<String> sorted = table.layout().sortedBy().stream().map(Sql::identifier).toList();
    String select =
        "SELECT * FROM %s ORDER BY %s"
            .formatted(
                Sql.relation(query), sorted.isEmpty() ? Scan.ROW_ID : String.join(", ", sorted));
    Map<String, Integer> identities =
        Map.of(Scan.ROW_ID, FieldIds.ROW_ID, Scan.UPDATED, FieldIds.LAST_UPDATED);
    String ids = FieldIds.forWriting(table.icebergSchema(), identities);
    return copy(table, select, ids + NO_PARTITION, keys -> partition);
  }

  /** Finds the partition of a file from its partition keys. */
  private interface PartitionOf {
    List<@Nullable Object> file(Map<String, @Nullable String> keys);
  }

  private Written copy(
      LakeTable table, String select, String idsAndPartition, PartitionOf partition) {
    String subject = table.name().name();
    Path folder = table.dataFolder().resolve(UUID.randomUUID().toString());
    String sql =
        """
        COPY (
        %s
        ) TO %s (FORMAT parquet, %s, ROW_GROUP_SIZE %d, FILE_SIZE_BYTES %d, APPEND,
        RETURN_STATS, FIELD_IDS %s)"""
            .formatted(
                select,
                Sql.literal(folder.toString()),
                compression(table.layout().compression()),
                ROW_GROUP_ROWS,
                FILE_BYTES,
                idsAndPartition);
    try {
      Files.createDirectories(folder);
      return statements.query(subject, sql, rows -> read(rows, folder, partition));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (RuntimeException e) {
      TemporaryFolder.delete(folder);
      throw e;
    }
  }

  private static String compression(Compression compression) {
    return switch (compression) {
      case SMALL -> "COMPRESSION zstd, COMPRESSION_LEVEL " + ZSTD_LEVEL;
      case QUICK -> "COMPRESSION " + compression.codec() + ", PARQUET_VERSION V2";
    };
  }

  private static Written read(ResultSet rows, Path folder, PartitionOf partition)
      throws SQLException {
    List<WrittenFile> files = new ArrayList<>();
    long count = 0;
    long bytes = 0;
    while (rows.next()) {
      if (rows.getLong("count") == 0) {
        continue;
      }
      count += rows.getLong("count");
      bytes += rows.getLong("file_size_bytes");
      Path path = Path.of(rows.getString("filename"));
      files.add(new WrittenFile(path, partition.file(keys(rows.getObject("partition_keys")))));
    }
    if (files.isEmpty()) {
      TemporaryFolder.delete(folder);
    }
    return new Written(folder, files, count, bytes);
  }

  private static Map<String, @Nullable String> keys(@Nullable Object value) {
    Map<String, @Nullable String> keys = new HashMap<>();
    if (value instanceof Map<?, ?> map) {
      map.forEach((name, key) -> keys.put(name.toString(), key == null ? null : key.toString()));
    }
    return keys;
  }
}
