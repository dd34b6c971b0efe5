package dev.kith.engine.duckdb;

import dev.kith.engine.EngineCode;
import dev.kith.engine.ExportFormat;
import dev.kith.model.KithException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes query results for others: first where SQL may write, then to where they are wanted. */
final class Exporter {

  /**
   * Of how many different values in a row group there is a dictionary. With DuckDB's tens of
   * thousands, columns with more of them cost a third more processor time, and files are no
   * smaller.
   */
  private static final int DICTIONARY_SIZE = 2_048;

  private final Statements statements;
  private final TemporaryFolder temporary;

  Exporter(Statements statements, TemporaryFolder temporary) {
    this.statements = statements;
    this.temporary = temporary;
  }

  /**
   * @param ordered whether the rows are written in the order of the query
   */
  long export(String sql, Path file, ExportFormat format, boolean ordered) {
    Path folder = temporary.newFolder("export-");
    try {
      Path draft = folder.resolve("rows");
      String copy =
          "COPY %s TO %s (%s, PRESERVE_ORDER %b)"
              .formatted(
                  Sql.relation(sql), Sql.literal(draft.toString()), options(format), ordered);
      long rows = statements.update("the export", copy);
      move(draft, file);
      return rows;
    } finally {
      TemporaryFolder.delete(folder);
    }
  }

  private static String options(ExportFormat format) {
    return switch (format) {
      case CSV -> "FORMAT csv, HEADER";
      case NDJSON -> "FORMAT json";
      case PARQUET ->
          "FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL %d, DICTIONARY_SIZE_LIMIT %d"
              .formatted(ParquetOutput.ZSTD_LEVEL, DICTIONARY_SIZE);
    };
  }

  private static void move(Path draft, Path file) {
    try {
      Files.move(draft, file.toAbsolutePath(), StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      if (Faults.isDiskFull(e)) {
        throw Faults.diskFull(file.toString(), e);
      }
      throw KithException.outside(
          EngineCode.FILE_ACCESS_FAILED,
          file.toString(),
          "Cannot write the file: " + file + " (" + e.getClass().getSimpleName() + ")",
          e);
    }
  }
}
