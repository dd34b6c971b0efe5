package dev.kith.run.change;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All that a definition says about rows, part by part; nothing secret is among it. */
public record DefinitionParts(List<Part> parts) {

  private static final JsonMapper JSON = new JsonMapper();

  public DefinitionParts {
    parts = List.copyOf(parts);
  }

  /** The columns that both have with one meaning; none if they differ in anything else. */
  List<String> unchangedSince(DefinitionParts before) {
    if (!meanings(false).equals(before.meanings(false))) {
      return List.of();
    }
    Map<String, String> then = before.meanings(true);
    return meanings(true).entrySet().stream()
        .filter(column -> column.getValue().equals(then.get(column.getKey())))
        .map(Map.Entry::getKey)
        .toList();
  }

  private Map<String, String> meanings(boolean ofColumns) {
    Map<String, String> meanings = new LinkedHashMap<>();
    parts.stream()
        .filter(part -> (part.kind() == Part.Kind.COLUMN) == ofColumns)
        .forEach(
            part ->
                meanings.put(
                    ofColumns ? part.name() : part.kind() + " " + part.name(), part.meaning()));
    return meanings;
  }

  /** As it is kept: {@code [["COLUMN", name, meaning, text], …]}. */
  public String json() {
    ArrayNode root = JSON.createArrayNode();
    parts.forEach(
        part ->
            root.addArray()
                .add(part.kind().name())
                .add(part.name())
                .add(part.meaning())
                .add(part.text()));
    return root.toString();
  }

  /** Reads what {@link #json} wrote; nothing for what another version of Kith has written. */
  public static Optional<DefinitionParts> read(String json) {
    List<Part> parts = new ArrayList<>();
    try {
      for (JsonNode part : JSON.readTree(json)) {
        parts.add(
            new Part(
                Part.Kind.valueOf(part.path(0).asText()),
                part.path(1).asText(),
                part.path(2).asText(),
                part.path(3).asText()));
      }
    } catch (JsonProcessingException | IllegalArgumentException e) {
      return Optional.empty();
    }
    return Optional.of(new DefinitionParts(parts));
  }
}
