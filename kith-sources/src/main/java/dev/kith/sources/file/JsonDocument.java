package dev.kith.sources.file;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The objects of a JSON array, or objects one after the other over several lines each. Once the
 * text is broken nothing after it can be told, so that is a fault of the whole file.
 */
final class JsonDocument implements RecordReader {

  private final TextFile file;
  private final JsonParser parser;
  private final JsonRecord record = new JsonRecord();
  private long number;
  private @Nullable String fault;
  private String raw = "";

  JsonDocument(TextFile file) {
    this.file = file;
    try {
      parser = JsonRecord.FACTORY.createParser(new LinesAsText(file.lines()));
      parser.nextToken();
      if (parser.currentToken() == JsonToken.START_ARRAY) {
        parser.nextToken();
      }
    } catch (IOException e) {
      throw fault(e);
    }
  }

  @Override
  public boolean next() {
    try {
      JsonToken token = parser.currentToken();
      if (token == null || token == JsonToken.END_ARRAY) {
        if (token == JsonToken.END_ARRAY && parser.nextToken() != null) {
          throw unreadable("text after the JSON array");
        }
        return false;
      }
      number++;
      fault = null;
      readElement(token);
      parser.nextToken();
      return true;
    } catch (IOException e) {
      throw fault(e);
    }
  }

  private void readElement(JsonToken token) throws IOException {
    if (token == JsonToken.START_OBJECT) {
      raw = JsonRecord.structure(parser);
      try (JsonParser element = JsonRecord.FACTORY.createParser(raw)) {
        element.nextToken();
        record.read(element);
      }
      return;
    }
    raw = token == JsonToken.START_ARRAY ? JsonRecord.structure(parser) : parser.getText();
    fault = "not a JSON object";
  }

  private RuntimeException fault(IOException e) {
    return e instanceof JsonProcessingException json
        ? unreadable("not JSON: " + JsonLines.reason(json))
        : file.fault(e);
  }

  private RuntimeException unreadable(String reason) {
    int line = Math.max(1, parser.currentLocation().getLineNr());
    return FileFaults.unreadable(file.name() + ":" + line, reason)
        .withHelp("A JSON array is one whole; put one object per line to lose only broken lines");
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
    return number;
  }

  @Override
  public String raw() {
    return raw;
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
