package dev.kith.lake;

import dev.kith.model.KithException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.Table;
import org.apache.iceberg.deletes.BaseDVFileWriter;
import org.apache.iceberg.deletes.PositionDeleteIndex;
import org.apache.iceberg.io.OutputFileFactory;
import org.apache.iceberg.io.SeekableInputStream;

/** Reads and writes the sets of deleted positions that format v3 keeps in Puffin files. */
final class DeletionVectors {

  private DeletionVectors() {}

  static RowPositions read(LocalFileIO files, DeleteFile vector) {
    RowPositions positions = RowPositions.none();
    index(files, vector).forEach(positions::add);
    return positions;
  }

  /**
   * Writes one vector per file: the positions together with those deleted before.
   *
   * @return the new vectors, and in {@code replaced} those that they stand for
   */
  static List<DeleteFile> write(
      Table table,
      LocalFileIO files,
      Map<ScanFile, RowPositions> deletions,
      List<DeleteFile> replaced) {
    OutputFileFactory factory =
        OutputFileFactory.builderFor(table, 0, 0).format(FileFormat.PUFFIN).build();
    Map<String, ScanFile> byLocation = new java.util.HashMap<>();
    deletions.keySet().forEach(file -> byLocation.put(file.location(), file));
    BaseDVFileWriter writer =
        new BaseDVFileWriter(
            factory,
            location -> {
              ScanFile file = byLocation.get(location);
              return file == null ? null : file.deleteFile().map(v -> index(files, v)).orElse(null);
            });
    try (writer) {
      deletions.forEach(
          (file, positions) ->
              positions.forEach(
                  position ->
                      writer.delete(
                          file.location(),
                          position,
                          table.specs().get(file.dataFile().specId()),
                          file.dataFile().partition())));
    } catch (IOException e) {
      throw LakeFaults.translate("write the deleted rows of", table.name(), e);
    }
    replaced.addAll(writer.result().rewrittenDeleteFiles());
    return new ArrayList<>(writer.result().deleteFiles());
  }

  private static PositionDeleteIndex index(LocalFileIO files, DeleteFile vector) {
    Long offset = vector.contentOffset();
    Long size = vector.contentSizeInBytes();
    if (vector.format() != FileFormat.PUFFIN || offset == null || size == null) {
      throw KithException.outside(
          LakeCode.FOREIGN_DELETES,
          vector.location(),
          "Cannot read deletes that are no deletion vector: " + vector.location(),
          null);
    }
    byte[] bytes = new byte[Math.toIntExact(size)];
    try (SeekableInputStream stream = files.newInputFile(vector.location()).newStream()) {
      stream.seek(offset);
      stream.readNBytes(bytes, 0, bytes.length);
      return PositionDeleteIndex.deserialize(bytes, vector);
    } catch (IOException e) {
      throw KithException.outside(
          LakeCode.CANNOT_READ,
          vector.location(),
          "Cannot read a deletion vector: " + vector.location(),
          e);
    }
  }
}
