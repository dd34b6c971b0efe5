package dev.kith.sources.file;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.kith.model.definition.SourceDefinition.FileFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A text file that is open for its records, and what was read of it so far. */
public final class OpenFile implements AutoCloseable {

  private final TextFile file;
  private final RecordReader records;

  private OpenFile(TextFile file, RecordReader records) {
    this.file = file;
    this.records = records;
  }

  /**
   * Opens a file.
   *
   * @param name of the file in messages and origins
   * @param format any but Parquet
   */
  public static OpenFile open(Path path, String name, FileFormat format, TextOptions options) {
    TextFile file = TextFile.open(path, name, options);
    try {
      return new OpenFile(file, reader(file, format, options));
    } catch (RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private static RecordReader reader(TextFile file, FileFormat format, TextOptions options) {
    return switch (format) {
      case CSV -> new CsvFile(file, options);
      case TSV -> new CsvFile(file, options.withDelimiter("\t"));
      case NDJSON -> new JsonLines(file);
      case JSON -> jsonReader(file);
      case PARQUET -> throw new IllegalArgumentException("Parquet is no text: " + file.name());
    };
  }

  /** By line if the first line is one whole object; else an array, or objects over many lines. */
  private static RecordReader jsonReader(TextFile file) {
    try {
      Line line = file.lines().next();
      while (line != null && line.text().isBlank()) {
        line = file.lines().next();
      }
      file.checkText(line);
      if (line != null) {
        file.lines().giveBack(List.of(line));
      }
      return line == null || isWholeObject(line.text())
          ? new JsonLines(file)
          : new JsonDocument(file);
    } catch (IOException e) {
      throw file.fault(e);
    }
  }

  private static boolean isWholeObject(String text) {
    try (JsonParser parser = JsonRecord.FACTORY.createParser(text)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return false;
      }
      parser.skipChildren();
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  public RecordReader records() {
    return records;
  }

  /** What of the file was taken, once all records were read. */
  public Extent extent(long records) {
    ContentStream content = file.content();
    return new Extent(content.length(), records, content.digest(), content.endsWithLine());
  }

  /** What of the content was read. */
  public record Extent(long bytes, long records, String digest, boolean endsWithLine) {}

  @Override
  public void close() {
    records.close();
  }
}
