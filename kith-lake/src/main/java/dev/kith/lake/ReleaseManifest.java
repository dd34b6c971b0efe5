package dev.kith.lake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kith.model.TableName;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A release as JSON: in its manifest file, and the same in the database. */
final class ReleaseManifest {

  private static final int VERSION = 1;
  private static final String BUILT = "built";
  private static final String PROMOTED = "promoted";
  private static final String ROLLED_BACK = "rolled-back";
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
    root.put("by", release.by());
    writeOrigin(root.putObject("origin"), release.origin());
    release.base().ifPresent(base -> root.put("base", base));
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
              ColumnsJson.write(table.putArray("columns"), entry.schema());
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
        root.path("by").asText(),
        origin(root.path("origin")),
        root.has("base") ? Optional.of(root.path("base").asText()) : Optional.empty(),
        entries);
  }

  private static void writeOrigin(ObjectNode node, ReleaseOrigin origin) {
    if (origin instanceof ReleaseOrigin.Promoted promoted) {
      node.put("kind", PROMOTED);
      node.put("environment", promoted.environment());
      node.put("release", promoted.release());
    } else if (origin instanceof ReleaseOrigin.RolledBack rolledBack) {
      node.put("kind", ROLLED_BACK);
      node.put("release", rolledBack.release());
    } else {
      node.put("kind", BUILT);
    }
  }

  /** Early manifests say nothing: then a run had built the release. */
  private static ReleaseOrigin origin(JsonNode node) {
    String kind = node.path("kind").asText(BUILT);
    String release = node.path("release").asText();
    return switch (kind) {
      case BUILT -> new ReleaseOrigin.Built();
      case PROMOTED -> new ReleaseOrigin.Promoted(node.path("environment").asText(), release);
      case ROLLED_BACK -> new ReleaseOrigin.RolledBack(release);
      default -> throw new IllegalArgumentException("Cannot read how a release began: " + kind);
    };
  }

  private static ReleaseEntry entry(JsonNode table) {
    return new ReleaseEntry(
        new PhysicalTable(table.path("table").asText()),
        table.path("snapshot").asLong(),
        ColumnsJson.read(table.path("columns")),
        ReleaseEntry.Kind.valueOf(table.path("kind").asText().toUpperCase(Locale.ROOT)),
        table.has("checks") ? Optional.of(table.path("checks").asText()) : Optional.empty());
  }
}
