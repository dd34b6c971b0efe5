package dev.kith.lake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kith.model.type.TableSchema;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** The head of a table as JSON, in the database. */
final class TableHeadJson {

  private static final JsonMapper JSON = new JsonMapper();

  private TableHeadJson() {}

  static String write(TableHead head) {
    ObjectNode root = JSON.createObjectNode();
    ColumnsJson.write(root.putArray("columns"), head.layout().schema());
    ArrayNode partitioning = root.putArray("partitioning");
    head.layout().partitioning().forEach(part -> write(partitioning.addObject(), part));
    head.layout().sortedBy().forEach(root.putArray("sorted-by")::add);
    head.layout().key().forEach(root.putArray("key")::add);
    root.put("compression", head.layout().compression().name());
    head.latest().ifPresent(latest -> write(root.putObject("latest"), latest, head.layout()));
    return root.toString();
  }

  static TableHead read(PhysicalTable table, String json) {
    JsonNode root;
    try {
      root = JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("Cannot read the head of a table: " + json, e);
    }
    List<Partitioning> partitioning = new ArrayList<>();
    root.path("partitioning").forEach(part -> partitioning.add(partitioning(part)));
    TableLayout layout =
        new TableLayout(
            ColumnsJson.read(root.path("columns")),
            partitioning,
            names(root.path("sorted-by")),
            names(root.path("key")),
            Compression.valueOf(root.path("compression").asText(Compression.SMALL.name())));
    return new TableHead(
        table,
        layout,
        root.has("latest") ? Optional.of(latest(root.path("latest"), layout)) : Optional.empty());
  }

  private static void write(ObjectNode node, TableHead.Latest latest, TableLayout layout) {
    Snapshot snapshot = latest.snapshot();
    node.put("id", snapshot.id());
    snapshot.parent().ifPresent(parent -> node.put("parent", parent));
    node.put("committed-at", snapshot.committedAt().toString());
    node.put("sequence-number", snapshot.sequenceNumber());
    node.put("compaction", snapshot.compaction());
    SnapshotTotals totals = snapshot.totals();
    node.put("rows", totals.rows()).put("files", totals.files()).put("bytes", totals.bytes());
    if (!latest.schema().equals(layout.schema())) {
      ColumnsJson.write(node.putArray("columns"), latest.schema());
    }
    if (!latest.newest().isEmpty()) {
      ObjectNode newest = node.putObject("newest");
      latest.newest().forEach((column, value) -> newest.put(column, value.toString()));
    }
    Provenance provenance = snapshot.provenance();
    node.put("run", provenance.run()).put("definition", provenance.definition());
    provenance.inputs().forEach(node.putObject("inputs")::put);
    if (!provenance.uses().isEmpty()) {
      node.set("uses", InputUseJson.write(provenance.uses()));
    }
    provenance.asOf().ifPresent(asOf -> node.put("as-of", asOf.toString()));
    provenance.batch().ifPresent(batch -> node.put("batch", batch));
    provenance.cursor().ifPresent(cursor -> node.put("cursor", cursor));
  }

  private static TableHead.Latest latest(JsonNode node, TableLayout layout) {
    TableSchema schema =
        node.has("columns") ? ColumnsJson.read(node.path("columns")) : layout.schema();
    Map<String, Long> inputs = new TreeMap<>();
    node.path("inputs").properties().forEach(in -> inputs.put(in.getKey(), in.getValue().asLong()));
    Provenance provenance =
        new Provenance(
            node.path("run").asText(),
            node.path("definition").asText(),
            inputs,
            InputUseJson.read(node.path("uses")),
            text(node, "as-of").map(Instant::parse),
            text(node, "batch"),
            text(node, "cursor"));
    Snapshot snapshot =
        new Snapshot(
            node.path("id").asLong(),
            node.has("parent")
                ? OptionalLong.of(node.path("parent").asLong())
                : OptionalLong.empty(),
            Instant.parse(node.path("committed-at").asText()),
            node.path("sequence-number").asLong(),
            node.path("compaction").asBoolean(),
            provenance,
            new SnapshotTotals(
                node.path("rows").asLong(),
                node.path("files").asLong(),
                node.path("bytes").asLong()));
    Map<String, Instant> newest = new TreeMap<>();
    node.path("newest")
        .properties()
        .forEach(of -> newest.put(of.getKey(), Instant.parse(of.getValue().asText())));
    return new TableHead.Latest(snapshot, schema, newest);
  }

  private static Optional<String> text(JsonNode node, String name) {
    return node.has(name) ? Optional.of(node.path(name).asText()) : Optional.empty();
  }

  private static List<String> names(JsonNode array) {
    List<String> names = new ArrayList<>();
    array.forEach(name -> names.add(name.asText()));
    return names;
  }

  private static void write(ObjectNode node, Partitioning part) {
    node.put("column", part.column());
    if (part instanceof Partitioning.ByDay) {
      node.put("by", "day");
    } else if (part instanceof Partitioning.ByMonth) {
      node.put("by", "month");
    } else if (part instanceof Partitioning.ByHour) {
      node.put("by", "hour");
    } else if (part instanceof Partitioning.Bucket bucket) {
      node.put("by", "bucket").put("count", bucket.count());
    } else {
      node.put("by", "value");
    }
  }

  private static Partitioning partitioning(JsonNode node) {
    String column = node.path("column").asText();
    String by = node.path("by").asText();
    return switch (by) {
      case "day" -> new Partitioning.ByDay(column);
      case "month" -> new Partitioning.ByMonth(column);
      case "hour" -> new Partitioning.ByHour(column);
      case "bucket" -> new Partitioning.Bucket(column, node.path("count").asInt());
      case "value" -> new Partitioning.Identity(column);
      default -> throw new IllegalArgumentException("Cannot read how a table is spread: " + by);
    };
  }
}
