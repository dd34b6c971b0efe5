package dev.kith.lake;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.jspecify.annotations.Nullable;

/**
 * A data file of a snapshot, with the rows of it that are deleted. Two are equal if they are the
 * same file with the same deletion vector.
 */
public final class ScanFile {

  private final LocalFileIO files;
  private final DataFile file;
  private final @Nullable DeleteFile deletes;
  private final OptionalInt schemaId;
  private final long snapshotId;

  ScanFile(
      LocalFileIO files,
      DataFile file,
      @Nullable DeleteFile deletes,
      OptionalInt schemaId,
      long snapshotId) {
    this.files = files;
    this.file = file;
    this.deletes = deletes;
    this.schemaId = schemaId;
    this.snapshotId = snapshotId;
  }

  /** Where the file can be read. */
  public Path path() {
    return files.path(file.location());
  }

  public long sizeBytes() {
    return file.fileSizeInBytes();
  }

  /** All rows in the file, deleted ones too. */
  public long rows() {
    return file.recordCount();
  }

  public long deletedRows() {
    return deletes == null ? 0 : deletes.recordCount();
  }

  public long liveRows() {
    return rows() - deletedRows();
  }

  public boolean hasDeletes() {
    return deletes != null;
  }

  /** Positions of the deleted rows; read from the disk at each call. */
  public RowPositions deleted() {
    return deletes == null ? RowPositions.none() : DeletionVectors.read(files, deletes);
  }

  /** As in {@link WrittenFile#partition()}, in Iceberg's form. */
  public List<@Nullable Object> partition() {
    List<@Nullable Object> values = new ArrayList<>();
    for (int i = 0; i < file.partition().size(); i++) {
      values.add(file.partition().get(i, Object.class));
    }
    return Collections.unmodifiableList(values);
  }

  /** The row id of the row at position 0, unless the file has a {@code _row_id} column. */
  public OptionalLong firstRowId() {
    Long id = file.firstRowId();
    return id == null ? OptionalLong.empty() : OptionalLong.of(id);
  }

  /**
   * When the file came into the table; also the last update of its rows, unless the file has a
   * {@code _last_updated_sequence_number} column.
   */
  public long dataSequenceNumber() {
    Long number = file.dataSequenceNumber();
    return number == null ? 0 : number;
  }

  /** The schema with which it was written; empty where that snapshot has expired. */
  public OptionalInt schemaId() {
    return schemaId;
  }

  /** The snapshot that was scanned. */
  public long snapshotId() {
    return snapshotId;
  }

  /** The file's name in Iceberg's metadata. */
  String location() {
    return file.location();
  }

  DataFile dataFile() {
    return file;
  }

  Optional<DeleteFile> deleteFile() {
    return Optional.ofNullable(deletes);
  }

  private String vector() {
    return deletes == null ? "" : deletes.location() + "@" + deletes.contentOffset();
  }

  /** Whether both are the same file with the same rows deleted. */
  boolean sameRows(ScanFile other) {
    return location().equals(other.location()) && vector().equals(other.vector());
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ScanFile scan && sameRows(scan);
  }

  @Override
  public int hashCode() {
    return location().hashCode();
  }

  @Override
  public String toString() {
    return path() + " (" + liveRows() + " of " + rows() + " rows)";
  }
}
