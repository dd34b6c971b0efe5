package dev.kith.sql;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kith.model.TableName;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The names of WITH that hold at some place of a query. */
record QueryNames(Map<String, Named> names) {

  static final QueryNames NONE = new QueryNames(Map.of());

  /** A WITH and the names that hold in it. */
  record Named(Tree.Cte cte, QueryNames names) {}

  QueryNames {
    names = Map.copyOf(names);
  }

  /** With those that a query node adds; each holds from the next on. */
  QueryNames within(JsonNode queryNode) {
    Map<String, Named> all = new HashMap<>(names);
    for (Tree.Cte cte : Tree.ctes(queryNode)) {
      all.put(cte.name(), new Named(cte, new QueryNames(all)));
    }
    return new QueryNames(all);
  }

  /** The WITH that a BASE_TABLE is. */
  Optional<Named> named(JsonNode table) {
    List<String> path = Tree.path(table);
    return path.size() == 1
        ? Optional.ofNullable(names.get(path.get(0).toLowerCase(Locale.ROOT)))
        : Optional.empty();
  }

  /** The first place in a tree that reads one of some tables, itself or by a WITH. */
  Optional<JsonNode> reading(JsonNode tree, Predicate<TableName> tables) {
    return reads(tree, tables).findFirst();
  }

  private Stream<JsonNode> reads(JsonNode node, Predicate<TableName> tables) {
    if (Tree.type(node).equals("BASE_TABLE")) {
      return Stream.of(node).filter(table -> isRead(table, tables));
    }
    QueryNames inner = within(node);
    return node.isObject()
        ? node.properties().stream()
            .filter(field -> !field.getKey().equals("cte_map"))
            .flatMap(field -> inner.reads(field.getValue(), tables))
        : Tree.stream(node).flatMap(child -> inner.reads(child, tables));
  }

  private boolean isRead(JsonNode table, Predicate<TableName> tables) {
    Optional<Named> named = named(table);
    return named.isPresent()
        ? named.get().names.reading(named.get().cte.query(), tables).isPresent()
        : tables.test(QueryParser.name(Tree.path(table)));
  }
}
