package dev.kith.lake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kith.model.TableName;
import dev.kith.model.type.Column;
import dev.kith.model.type.DataType;
import dev.kith.model.type.TableSchema;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A release as JSON: in its manifest file, and the same in the database. */
final class ReleaseManifest {

  private static final int VERSION = 1;
  private static final JsonMapper JSON = new JsonMapper();

  private ReleaseManifest() {}

  static String write(Release release) {
    ObjectNode root = JSON.createObjectNode();
    root.put("manifest-version", VERSION);
    root.put("id", release.id());
    root.put("environment", release.environment());
    root.put("sequence", release.sequence());
    release.parent().ifPresent(parent -> root.put("parent", parent));
    root.put("created-at", release.createdAt().toString());
    root.put("run", release.run());
    ObjectNode tables = root.putObject("tables");
    release
        .entries()
        .forEach(
            (name, entry) -> {
              ObjectNode table = tables.putObject(name.toString());
              table.put("table", entry.table().name());
              table.put("snapshot", entry.snapshotId());
              table.put("kind", entry.kind().name().toLowerCase(Locale.ROOT));
              entry.checks().ifPresent(checks -> table.put("checks", checks));
              ArrayNode columns = table.putArray("columns");
              for (Column column : entry.schema().columns()) {
                columns.addObject().put("name", column.name()).put("type", column.type().sql());
              }
            });
    return root.toPrettyString() + "\n";
  }

  static Release read(String json) {
    JsonNode root;
    try {
      root = JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("Cannot read a release: " + json, e);
    }
    Map<TableName, ReleaseEntry> entries = new TreeMap<>();
    root.path("tables")
        .properties()
        .forEach(table -> entries.put(TableName.parse(table.getKey()), entry(table.getValue())));
    return new Release(
        root.path("id").asText(),
        root.path("environment").asText(),
        root.path("sequence").asLong(),
        root.has("parent") ? Optional.of(root.path("parent").asText()) : Optional.empty(),
        Instant.parse(root.path("created-at").asText()),
        root.path("run").asText(),
        entries);
  }

  private static ReleaseEntry entry(JsonNode table) {
    List<Column> columns = new ArrayList<>();
    for (JsonNode column : table.path("columns")) {
      String type = column.path("type").asText();
      columns.add(
          new Column(
              column.path("name").asText(),
              DataType.parse(type)
                  .orElseThrow(() -> new IllegalArgumentException("Cannot read a type: " + type))));
    }
    return new ReleaseEntry(
        new PhysicalTable(table.path("table").asText()),
        table.path("snapshot").asLong(),
        new TableSchema(columns),
        ReleaseEntry.Kind.valueOf(table.path("kind").asText().toUpperCase(Locale.ROOT)),
        table.has("checks") ? Optional.of(table.path("checks").asText()) : Optional.empty());
  }
}
