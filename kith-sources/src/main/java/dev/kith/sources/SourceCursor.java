package dev.kith.sources;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.kith.sources.file.FileState;
import java.io.IOException;
import java.io.StringWriter;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How far a source has been read, as JSON in the snapshot that holds its rows.
 *
 * @param files what was taken of each, by path
 * @param position the greatest value of a database's cursor column, as text
 * @param rejectedBatch the last batch that had rejected rows: a later one in the table of rejected
 *     rows is left over from a run that was killed between its two commits
 */
record SourceCursor(
    Map<String, FileState> files, Optional<String> position, Optional<String> rejectedBatch) {

  static final SourceCursor START = new SourceCursor(Map.of(), Optional.empty(), Optional.empty());

  private static final JsonFactory JSON = new JsonFactory();

  SourceCursor {
    files = new TreeMap<>(files);
  }

  String toJson() {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      if (position.isPresent()) {
        json.writeStringField("position", position.get());
      }
      if (rejectedBatch.isPresent()) {
        json.writeStringField("rejected", rejectedBatch.get());
      }
      json.writeArrayFieldStart("files");
      for (FileState file : files.values()) {
        json.writeStartObject();
        json.writeStringField("path", file.path());
        json.writeNumberField("size", file.size());
        json.writeNumberField("modified", file.modified());
        json.writeNumberField("bytes", file.bytes());
        json.writeNumberField("records", file.records());
        json.writeStringField("digest", file.digest());
        json.writeBooleanField("complete", file.endsWithLine());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException e) {
      throw new IllegalStateException("Writing to memory does not fail", e);
    }
    return text.toString();
  }

  static SourceCursor parse(String text) {
    Map<String, String> fields = new HashMap<>();
    Map<String, FileState> files = new TreeMap<>();
    try (JsonParser json = JSON.createParser(text)) {
      json.nextToken();
      while (json.nextToken() != JsonToken.END_OBJECT) {
        String name = json.currentName();
        if (json.nextToken() == JsonToken.START_ARRAY) {
          while (json.nextToken() != JsonToken.END_ARRAY) {
            FileState file = file(json);
            files.put(file.path(), file);
          }
        } else {
          fields.put(name, json.getText());
        }
      }
    } catch (IOException e) {
      throw new IllegalArgumentException("Cannot read a cursor: " + text, e);
    }
    return new SourceCursor(
        files,
        Optional.ofNullable(fields.get("position")),
        Optional.ofNullable(fields.get("rejected")));
  }

  private static FileState file(JsonParser json) throws IOException {
    Map<String, String> fields = new HashMap<>();
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = json.currentName();
      json.nextToken();
      fields.put(name, json.getText());
    }
    return new FileState(
        fields.getOrDefault("path", ""),
        number(fields, "size"),
        number(fields, "modified"),
        number(fields, "bytes"),
        number(fields, "records"),
        fields.getOrDefault("digest", ""),
        Boolean.parseBoolean(fields.get("complete")));
  }

  private static long number(Map<String, String> fields, String name) {
    return Long.parseLong(fields.getOrDefault(name, "0"));
  }
}
