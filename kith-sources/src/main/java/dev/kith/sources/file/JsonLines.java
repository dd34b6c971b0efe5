package dev.kith.sources.file;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A JSON object per line. A line that is none costs itself alone. */
final class JsonLines implements RecordReader {

  private final TextFile file;
  private final JsonRecord record = new JsonRecord();
  private Line line = new Line(0, "", "");
  private @Nullable String fault;

  JsonLines(TextFile file) {
    this.file = file;
  }

  @Override
  public boolean next() {
    try {
      Line next = file.lines().next();
      while (next != null && next.text().isBlank()) {
        next = file.lines().next();
      }
      if (next == null) {
        return false;
      }
      if (next.number() == 1) {
        file.checkText(next);
      }
      line = next;
      fault = parse(next.text());
      return true;
    } catch (IOException e) {
      throw file.fault(e);
    }
  }

  private @Nullable String parse(String text) {
    try (JsonParser parser = JsonRecord.FACTORY.createParser(text)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return "not a JSON object";
      }
      record.read(parser);
      return parser.nextToken() == null ? null : "text after the JSON object";
    } catch (JsonProcessingException e) {
      return "not JSON: " + reason(e);
    } catch (IOException e) {
      return "not JSON: " + e.getMessage();
    }
  }

  /** Jackson's reason, with the column but without its own names for the input. */
  static String reason(JsonProcessingException e) {
    String first = e.getOriginalMessage().lines().findFirst().orElse("").strip();
    String reason = first.replaceAll("\\(.*?Source:.*?\\)", "").strip();
    return "%s (column %d)"
        .formatted(
            reason.isEmpty() ? e.getClass().getSimpleName().toLowerCase(Locale.ROOT) : reason,
            e.getLocation() == null ? 0 : e.getLocation().getColumnNr());
  }

  @Override
  public @Nullable String fault() {
    return fault;
  }

  @Override
  public List<String> names() {
    return record.names();
  }

  @Override
  public @Nullable Object[] cells() {
    return record.cells();
  }

  @Override
  public long line() {
    return line.number();
  }

  @Override
  public String raw() {
    return line.text();
  }

  @Override
  public boolean untyped() {
    return false;
  }

  @Override
  public void close() {
    file.close();
  }
}
