package dev.kith.sql;

import dev.kith.model.Located;
import dev.kith.model.Problems;
import dev.kith.model.TableName;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Which tables are made from which others, and so in which order to build them. */
public final class DependencyGraph {

  private final NavigableMap<TableName, NavigableSet<TableName>> inputs;
  private final List<TableName> buildOrder;

  private DependencyGraph(
      NavigableMap<TableName, NavigableSet<TableName>> inputs, List<TableName> buildOrder) {
    this.inputs = inputs;
    this.buildOrder = List.copyOf(buildOrder);
  }

  /**
   * Each circle of tables is one problem that names its path, at the reference that closes it.
   *
   * @param references of every table, also of those that have none; references to other names than
   *     the map's keys are left out
   * @return nothing if there is a circle
   */
  public static Optional<DependencyGraph> of(
      Map<TableName, List<Located<TableName>>> references, Problems problems) {
    NavigableMap<TableName, NavigableSet<TableName>> inputs = new TreeMap<>();
    references.forEach(
        (table, all) ->
            inputs.put(
                table,
                all.stream()
                    .map(Located::value)
                    .filter(references::containsKey)
                    .collect(Collectors.toCollection(TreeSet::new))));
    List<TableName> order = order(inputs);
    if (order.size() < inputs.size()) {
      NavigableMap<TableName, NavigableSet<TableName>> waiting = new TreeMap<>(inputs);
      order.forEach(waiting::remove);
      Circles.report(waiting, references, problems);
      return Optional.empty();
    }
    return Optional.of(new DependencyGraph(inputs, order));
  }

  /** Without those in a circle and what is made from them. */
  private static List<TableName> order(Map<TableName, NavigableSet<TableName>> inputs) {
    Map<TableName, Integer> missing = new HashMap<>();
    Map<TableName, List<TableName>> readers = new HashMap<>();
    NavigableSet<TableName> ready = new TreeSet<>();
    inputs.forEach(
        (table, read) -> {
          missing.put(table, read.size());
          read.forEach(input -> readers.computeIfAbsent(input, i -> new ArrayList<>()).add(table));
          if (read.isEmpty()) {
            ready.add(table);
          }
        });
    List<TableName> order = new ArrayList<>();
    while (!ready.isEmpty()) {
      TableName next = ready.first();
      ready.remove(next);
      order.add(next);
      for (TableName reader : readers.getOrDefault(next, List.of())) {
        if (missing.merge(reader, -1, Integer::sum) == 0) {
          ready.add(reader);
        }
      }
    }
    return order;
  }

  /** Every table after all that it is made from; by name where that leaves a choice. */
  public List<TableName> buildOrder() {
    return buildOrder;
  }

  /** The tables that a table is made from directly, by name. */
  public List<TableName> inputs(TableName table) {
    return List.copyOf(inputs.getOrDefault(table, new TreeSet<>()));
  }

  /** All tables that a table is made from, at first or second hand, in build order. */
  public List<TableName> upstream(TableName table) {
    return reachable(table, this::inputs);
  }

  /** All tables that are made from a table, at first or second hand, in build order. */
  public List<TableName> downstream(TableName table) {
    return reachable(
        table, from -> buildOrder.stream().filter(other -> inputs(other).contains(from)).toList());
  }

  private List<TableName> reachable(TableName start, Function<TableName, List<TableName>> step) {
    Set<TableName> seen = new HashSet<>();
    Deque<TableName> open = new ArrayDeque<>(step.apply(start));
    while (!open.isEmpty()) {
      TableName next = open.pop();
      if (seen.add(next)) {
        open.addAll(step.apply(next));
      }
    }
    return buildOrder.stream().filter(seen::contains).toList();
  }
}
