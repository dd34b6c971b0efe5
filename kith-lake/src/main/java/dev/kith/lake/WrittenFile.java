package dev.kith.lake;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A Parquet file that an engine wrote below {@link LakeTable#dataFolder()}, with the table's field
 * ids, and that no snapshot holds yet.
 *
 * @param partition the partition of all its rows: a value per {@link LakeTable#partitionColumns()},
 *     a number for days, months, hours and buckets, the column's value for an identity; text that
 *     spells the value is accepted too
 */
public record WrittenFile(Path path, List<@Nullable Object> partition) {

  public WrittenFile {
    path = path.toAbsolutePath().normalize();
    partition = Collections.unmodifiableList(new ArrayList<>(partition));
  }

  /** A file of a table without partitions. */
  public static WrittenFile of(Path path) {
    return new WrittenFile(path, List.of());
  }
}
