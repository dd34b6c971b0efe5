package dev.kith.sql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kith.model.TableName;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What most commands want to know of a query that was accepted. It depends on the text alone, so
 * that it is kept, and the syntax tree read by those only who ask for more.
 *
 * @param references to tables, in the order of the text
 * @param hiddenColumns that it names, in lower case
 * @param canonical the tree as text
 */
record QueryFacts(List<Reference> references, Set<String> hiddenColumns, String canonical) {

  QueryFacts {
    references = List.copyOf(references);
    hiddenColumns = Collections.unmodifiableSet(new TreeSet<>(hiddenColumns));
  }

  /** A table's name, from one UTF-16 unit of the query's text to another. */
  record Reference(TableName table, int from, int to) {}

  static QueryFacts of(JsonNode statement, Places places) {
    List<Reference> references =
        References.in(statement).stream()
            .sorted(Comparator.comparingLong(Tree::location))
            .map(table -> reference(table, places))
            .toList();
    return new QueryFacts(references, HiddenColumns.namedIn(statement), Canonical.of(statement));
  }

  private static Reference reference(JsonNode table, Places places) {
    int[] range = places.range(table);
    return new Reference(QueryParser.name(Tree.path(table)), range[0], range[1]);
  }

  static QueryFacts read(JsonNode json) {
    return new QueryFacts(
        Tree.stream(json.path("references"))
            .map(
                reference ->
                    new Reference(
                        TableName.parse(reference.path(0).asText()),
                        reference.path(1).asInt(),
                        reference.path(2).asInt()))
            .toList(),
        new TreeSet<>(Tree.strings(json.path("hidden"))),
        json.path("canonical").asText());
  }

  JsonNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode tables = json.putArray("references");
    references.forEach(
        reference ->
            tables
                .addArray()
                .add(reference.table().toString())
                .add(reference.from())
                .add(reference.to()));
    hiddenColumns.forEach(json.putArray("hidden")::add);
    return json.put("canonical", canonical);
  }
}
