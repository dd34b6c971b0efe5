package dev.kith.sql;

import dev.kith.model.Located;
import dev.kith.model.Problems;
import dev.kith.model.TableName;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
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
    List<TableName> order = new ArrayList<>();
    NavigableMap<TableName, NavigableSet<TableName>> waiting = new TreeMap<>(inputs);
    while (!waiting.isEmpty()) {
      Optional<TableName> ready =
          waiting.entrySet().stream()
              .filter(entry -> entry.getValue().stream().noneMatch(waiting::containsKey))
              .map(Map.Entry::getKey)
              .findFirst();
      if (ready.isEmpty()) {
        Circles.report(waiting, references, problems);
        return Optional.empty();
      }
      order.add(ready.get());
      waiting.remove(ready.get());
    }
    return Optional.of(new DependencyGraph(inputs, order));
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
