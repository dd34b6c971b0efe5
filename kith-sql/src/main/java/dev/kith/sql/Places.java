package dev.kith.sql;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kith.model.SourceSpan;

/** Where the nodes of a syntax tree stand in the project's file. */
final class Places {

  private final SqlText text;
  private final Rendering parsed;

  /**
   * @param parsed the SQL whose tree it is
   */
  Places(SqlText text, Rendering parsed) {
    this.text = text;
    this.parsed = parsed;
  }

  /** From the first to the last of the node and all below it that has a place. */
  SourceSpan of(JsonNode node) {
    int[] range = range(node);
    return text.span(range[0], range[1]);
  }

  /** As {@link #of(JsonNode)}, in UTF-16 units of the text. */
  int[] range(JsonNode node) {
    long[] extent = Tree.extent(node);
    return range(extent[0], extent[1] - extent[0]);
  }

  /**
   * @param location byte in the parsed SQL
   */
  SourceSpan of(long location, long length) {
    int[] range = range(location, length);
    return text.span(range[0], range[1]);
  }

  private int[] range(long location, long length) {
    if (location == Tree.NO_LOCATION) {
      return text.range();
    }
    int end = text.text().length();
    int from = Math.min(parsed.originalIndex(location), end);
    int to = Math.min(Math.max(from, parsed.originalIndex(location + length)), end);
    return new int[] {from, to};
  }

  /** As {@link #textOf}, with the brackets that belong to it, in one line. */
  String wholeTextOf(JsonNode node) {
    long[] extent = Tree.extent(node);
    if (extent[0] == Tree.NO_LOCATION) {
      return "";
    }
    int from = Math.min(parsed.originalIndex(extent[0]), text.text().length());
    int to = Math.min(parsed.originalIndex(extent[1]), text.text().length());
    return text.whole(from, to);
  }

  /** As written. */
  String textOf(JsonNode node) {
    long[] extent = Tree.extent(node);
    if (extent[0] == Tree.NO_LOCATION) {
      return "";
    }
    int end = text.text().length();
    return text.text()
        .substring(
            Math.min(parsed.originalIndex(extent[0]), end),
            Math.min(parsed.originalIndex(extent[1]), end));
  }
}
