package dev.kith.sql;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/**
 * What DuckDB has against a statement.
 *
 * @param kind Parser, Binder, Catalog, Conversion ...
 * @param location the UTF-8 byte where it is, or {@link Tree#NO_LOCATION}
 * @param length of the text that it is about, in bytes
 */
record EngineFault(
    String kind,
    String subtype,
    String message,
    String entryType,
    Optional<String> name,
    List<String> candidates,
    long location,
    long length) {

  /** From the JSON of an exception with {@code errors_as_json}, or of json_serialize_sql. */
  static EngineFault of(JsonNode json) {
    String kind = json.path("exception_type").asText(json.path("error_type").asText(""));
    String message = json.path("exception_message").asText(json.path("error_message").asText(""));
    String[] extent = json.path("location").asText("").replaceAll("[\\[\\] ]", "").split(",");
    String candidates = json.path("candidates").asText("");
    return new EngineFault(
        kind,
        json.path("error_subtype").asText(""),
        message,
        json.path("type").asText(""),
        Optional.ofNullable(json.path("name").textValue()),
        candidates.isEmpty() ? List.of() : List.of(candidates.split(",")),
        json.path("position").asLong(Tree.NO_LOCATION),
        extent.length == 2 ? Long.parseLong(extent[1]) : 0);
  }

  /** Without the lists of candidates and advice that follow it. */
  String firstLine() {
    int newline = message.indexOf('\n');
    String line = newline < 0 ? message : message.substring(0, newline);
    return line.replaceAll("[.!]$", "");
  }
}
