package dev.kith.lake;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.apache.parquet.format.Util;
import org.apache.parquet.format.converter.ParquetMetadataConverter;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.schema.Type;

/** The metadata at the end of a Parquet file, read without Hadoop. */
record ParquetFooter(ParquetMetadata metadata, long fileBytes) {

  private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
  private static final int TAIL = 8;

  static ParquetFooter read(Path path) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
      long length = file.length();
      if (length < TAIL + MAGIC.length) {
        throw new EOFException("too short for a Parquet file");
      }
      byte[] tail = new byte[TAIL];
      file.seek(length - TAIL);
      file.readFully(tail);
      ByteBuffer buffer = ByteBuffer.wrap(tail).order(ByteOrder.LITTLE_ENDIAN);
      int size = buffer.getInt();
      if (buffer.getInt() != ByteBuffer.wrap(MAGIC).order(ByteOrder.LITTLE_ENDIAN).getInt()
          || size < 0
          || size > length - TAIL) {
        throw new IOException("no Parquet file, or one that was not finished");
      }
      byte[] footer = new byte[size];
      file.seek(length - TAIL - size);
      file.readFully(footer);
      ParquetMetadata metadata =
          new ParquetMetadataConverter()
              .fromParquetMetadata(Util.readFileMetaData(new ByteArrayInputStream(footer)));
      return new ParquetFooter(metadata, length);
    }
  }

  long rows() {
    return metadata.getBlocks().stream().mapToLong(block -> block.getRowCount()).sum();
  }

  /** Whether a top-level column has that field id. */
  boolean hasField(int id) {
    return metadata.getFileMetaData().getSchema().getFields().stream()
        .map(Type::getId)
        .anyMatch(found -> found != null && found.intValue() == id);
  }

  /** Whether every top-level column has a field id. */
  boolean hasFieldIds() {
    return metadata.getFileMetaData().getSchema().getFields().stream()
        .allMatch(field -> field.getId() != null);
  }
}
