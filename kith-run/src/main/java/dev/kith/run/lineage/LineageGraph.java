package dev.kith.run.lineage;

import dev.kith.model.TableColumn;
import dev.kith.model.TableName;
import dev.kith.model.type.Column;
import dev.kith.sql.ColumnLineage;
import dev.kith.sql.Dependency;
import dev.kith.sql.Derivation;
import dev.kith.sql.Influence;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The tables and columns of a whole project, and which of them come from which. */
public final class LineageGraph {

  private final Map<TableName, TableLineage> tables;
  private final Map<TableColumn, List<Link>> dependents = new HashMap<>();
  private final Map<TableColumn, SortedSet<TableName>> deciding = new HashMap<>();

  /**
   * The graph of some tables.
   *
   * @param tables in an order in which each comes after what it reads
   */
  public LineageGraph(List<TableLineage> tables) {
    Map<TableName, TableLineage> byName = new LinkedHashMap<>();
    tables.forEach(table -> byName.put(table.name(), table));
    this.tables = Collections.unmodifiableMap(byName);
    for (TableLineage table : tables) {
      for (ColumnLineage.Output output : table.lineage().columns()) {
        for (Link link : origins(new TableColumn(table.name(), output.name()))) {
          dependents.computeIfAbsent(link.origin(), origin -> new ArrayList<>()).add(link);
        }
      }
      for (Dependency dependency : table.rows().dependencies()) {
        deciding.computeIfAbsent(dependency.origin(), origin -> new TreeSet<>()).add(table.name());
      }
    }
  }

  /** Sources first, then tables and profiles in an order in which they can be built. */
  public Collection<TableLineage> tables() {
    return tables.values();
  }

  public Optional<TableLineage> table(TableName name) {
    return Optional.ofNullable(tables.get(name));
  }

  /** The column as it is written in its table, if there is one of that name. */
  public Optional<Column> column(TableColumn column) {
    return table(column.table()).flatMap(table -> table.schema().column(column.column()));
  }

  /** The tables that read a table, by name. */
  public List<TableName> readers(TableName name) {
    return tables.values().stream()
        .filter(table -> table.inputs().contains(name))
        .map(TableLineage::name)
        .sorted()
        .toList();
  }

  /** What one column depends on by itself: not what decides about its table's rows. */
  public List<Link> origins(TableColumn column) {
    return table(column.table())
        .flatMap(table -> table.derivation(column.column()))
        .map(derivation -> links(derivation, column))
        .orElse(List.of());
  }

  /** What decides which rows a table has. */
  public List<Link> rowOrigins(TableName name) {
    return table(name)
        .map(table -> links(table.rows(), new TableColumn(name, Link.ALL_COLUMNS)))
        .orElse(List.of());
  }

  private static List<Link> links(Derivation derivation, TableColumn dependent) {
    Map<TableColumn, SortedSet<Influence>> byOrigin = new LinkedHashMap<>();
    derivation
        .dependencies()
        .forEach(
            each ->
                byOrigin
                    .computeIfAbsent(each.origin(), origin -> new TreeSet<>())
                    .add(each.influence()));
    List<Link> links = new ArrayList<>();
    byOrigin.forEach((origin, influences) -> links.add(new Link(origin, dependent, influences)));
    return List.copyOf(links);
  }

  /** The columns that depend on a column by themselves, and not by their table's rows. */
  public List<Link> uses(TableColumn column) {
    return List.copyOf(dependents.getOrDefault(column, List.of()));
  }

  /** The tables about whose rows a column decides; it influences all of their columns. */
  public List<Link> rowUses(TableColumn column) {
    return deciding.getOrDefault(column, Collections.emptySortedSet()).stream()
        .flatMap(table -> rowOrigins(table).stream())
        .filter(link -> link.origin().equals(column))
        .toList();
  }

  /**
   * The columns whose values may be others when the values of some columns are, directly or by
   * others between, by table: what has to be computed anew. The changed ones are not among them
   * unless they depend on one another.
   */
  public Map<TableName, SortedSet<String>> dependents(Collection<TableColumn> changed) {
    Map<TableName, SortedSet<String>> found = new TreeMap<>();
    Deque<TableColumn> open = new ArrayDeque<>(changed);
    while (!open.isEmpty()) {
      for (TableColumn dependent : affected(open.pop())) {
        Set<String> columns =
            found.computeIfAbsent(
                dependent.table(), table -> new TreeSet<>(String.CASE_INSENSITIVE_ORDER));
        if (columns.add(dependent.column())) {
          open.push(dependent);
        }
      }
    }
    return found;
  }

  private List<TableColumn> affected(TableColumn column) {
    List<TableColumn> affected = new ArrayList<>();
    uses(column).forEach(link -> affected.add(link.dependent()));
    rowUses(column)
        .forEach(
            link ->
                table(link.dependent().table()).orElseThrow().schema().names().stream()
                    .map(name -> new TableColumn(link.dependent().table(), name))
                    .forEach(affected::add));
    return affected;
  }
}
