package dev.kith.sql;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What holds around a query: the names of WITH, and the columns of the query that it stands in.
 *
 * @param tables by name in lower case
 * @param outer the columns that it may name besides its own
 */
record TraceNames(Map<String, TracedRelation> tables, @Nullable TracedScope outer) {

  static final TraceNames NONE = new TraceNames(Map.of(), null);

  TraceNames {
    tables = Map.copyOf(tables);
  }

  TraceNames with(String name, TracedRelation relation) {
    Map<String, TracedRelation> all = new HashMap<>(tables);
    all.put(name.toLowerCase(Locale.ROOT), relation);
    return new TraceNames(all, outer);
  }

  /** Inside of a place where columns can be named. */
  TraceNames inside(TracedScope scope) {
    return new TraceNames(tables, scope);
  }

  /** The WITH that a BASE_TABLE is. */
  Optional<TracedRelation> named(JsonNode table) {
    List<String> path = Tree.path(table);
    return path.size() == 1
        ? Optional.ofNullable(tables.get(path.get(0).toLowerCase(Locale.ROOT)))
        : Optional.empty();
  }
}
