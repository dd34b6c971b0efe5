package dev.kith.run.lineage;

import dev.kith.model.TableColumn;
import dev.kith.model.TableName;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What of a graph is asked for.
 *
 * @param column nothing for the whole table
 * @param depth how many steps from there, at least 0
 * @param indirect whether to follow also what only decides which rows or values count
 */
public record LineageQuestion(
    TableName table, Optional<String> column, Direction direction, int depth, boolean indirect) {

  /** Which way to go. */
  public enum Direction {
    /** What it comes from. */
    UPSTREAM,
    /** What comes from it. */
    DOWNSTREAM
  }

  public boolean isUpstream() {
    return direction == Direction.UPSTREAM;
  }

  /** The columns where it starts. */
  public List<TableColumn> start(LineageGraph graph) {
    return column
        .map(name -> List.of(new TableColumn(table, name)))
        .orElseGet(
            () ->
                graph.table(table).orElseThrow().schema().names().stream()
                    .map(name -> new TableColumn(table, name))
                    .toList());
  }

  /** The next links from a column. Without indirect ones, a column may have none. */
  public List<Link> next(LineageGraph graph, TableColumn column) {
    boolean all = column.column().equals(Link.ALL_COLUMNS);
    Stream<Link> links;
    if (isUpstream()) {
      links = all ? graph.rowOrigins(column.table()).stream() : graph.origins(column).stream();
    } else {
      links = Stream.concat(graph.uses(column).stream(), graph.rowUses(column).stream());
    }
    return links.filter(link -> indirect || link.isDirect()).toList();
  }

  /** The column at the other end of a link. */
  public TableColumn end(Link link) {
    return isUpstream() ? link.origin() : link.dependent();
  }

  /** All links within reach, each once, the near ones first. */
  public List<Link> links(LineageGraph graph) {
    Set<Link> found = new LinkedHashSet<>();
    Set<TableColumn> seen = new LinkedHashSet<>(start(graph));
    List<TableColumn> edge = new ArrayList<>(seen);
    if (indirect && isUpstream()) {
      edge.add(new TableColumn(table, Link.ALL_COLUMNS));
    }
    for (int step = 0; step < depth && !edge.isEmpty(); step++) {
      List<TableColumn> beyond = new ArrayList<>();
      for (TableColumn from : edge) {
        for (Link link : next(graph, from)) {
          found.add(link);
          if (seen.add(end(link))) {
            beyond.add(end(link));
          }
        }
      }
      edge = beyond;
    }
    return List.copyOf(found);
  }
}
