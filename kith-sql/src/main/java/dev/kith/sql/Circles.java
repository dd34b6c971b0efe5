package dev.kith.sql;

import dev.kith.model.Diagnostic;
import dev.kith.model.Located;
import dev.kith.model.Problems;
import dev.kith.model.SourceSpan;
import dev.kith.model.TableName;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds circles among tables that cannot be put in an order, and says how they run. */
final class Circles {

  private Circles() {}

  /** One problem for each circle that shares no table with one reported before. */
  static void report(
      NavigableMap<TableName, NavigableSet<TableName>> waiting,
      Map<TableName, List<Located<TableName>>> references,
      Problems problems) {
    Set<TableName> reported = new HashSet<>();
    for (TableName start : waiting.keySet()) {
      List<TableName> path = shortestCircle(start, waiting);
      if (!path.isEmpty() && path.stream().noneMatch(reported::contains)) {
        reported.addAll(path);
        String names =
            Stream.concat(path.stream(), Stream.of(start))
                .map(TableName::toString)
                .collect(Collectors.joining(" -> "));
        problems.add(
            Diagnostic.error(
                SqlCode.CYCLE,
                place(start, path.size() > 1 ? path.get(1) : start, references),
                "tables depend on each other in a circle: " + names,
                "take what both need into a table of its own"));
      }
    }
  }

  /** From {@code start} along references back to it, {@code start} once; empty if there is none. */
  private static List<TableName> shortestCircle(
      TableName start, NavigableMap<TableName, NavigableSet<TableName>> inputs) {
    Map<TableName, TableName> cameFrom = new TreeMap<>();
    Deque<TableName> open = new ArrayDeque<>(List.of(start));
    while (!open.isEmpty()) {
      TableName table = open.poll();
      for (TableName input : inputs.getOrDefault(table, new TreeSet<>())) {
        if (input.equals(start)) {
          return pathTo(table, start, cameFrom);
        }
        if (cameFrom.putIfAbsent(input, table) == null) {
          open.add(input);
        }
      }
    }
    return List.of();
  }

  private static List<TableName> pathTo(
      TableName end, TableName start, Map<TableName, TableName> cameFrom) {
    Deque<TableName> path = new ArrayDeque<>();
    for (TableName table = end; !table.equals(start); table = cameFrom.getOrDefault(table, start)) {
      path.addFirst(table);
    }
    path.addFirst(start);
    return List.copyOf(path);
  }

  private static SourceSpan place(
      TableName table, TableName input, Map<TableName, List<Located<TableName>>> references) {
    return references.getOrDefault(table, List.of()).stream()
        .filter(reference -> reference.value().equals(input))
        .map(Located::span)
        .findFirst()
        .orElseThrow();
  }
}
