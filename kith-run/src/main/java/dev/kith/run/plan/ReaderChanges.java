package dev.kith.run.plan;

import dev.kith.lake.Release;
import dev.kith.lake.ReleaseEntry;
import dev.kith.lake.Warehouse;
import dev.kith.model.TableName;
import dev.kith.model.type.Column;
import dev.kith.model.type.TableSchema;
import dev.kith.run.graph.Blueprint;
import dev.kith.run.graph.Layouts;
import dev.kith.run.graph.Node;
import dev.kith.run.plan.ReaderChange.Difference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Compares what readers see with what they would see. */
final class ReaderChanges {

  private final Blueprint blueprint;
  private final Warehouse warehouse;
  private final Optional<Release> current;

  ReaderChanges(Blueprint blueprint, Warehouse warehouse, Optional<Release> current) {
    this.blueprint = blueprint;
    this.warehouse = warehouse;
    this.current = current;
  }

  /** Nothing for a first release: all of it is new. */
  List<ReaderChange> of(Set<TableName> selected, List<TableName> gone) {
    List<ReaderChange> changes = new ArrayList<>();
    if (current.isEmpty()) {
      return changes;
    }
    for (Node node : blueprint.nodes()) {
      if (selected.contains(node.name())) {
        add(changes, node.name(), differences(node));
      }
    }
    gone.forEach(name -> add(changes, name, List.of(new Difference.TableRemoved())));
    return changes;
  }

  private void add(List<ReaderChange> changes, TableName name, List<Difference> differences) {
    if (!differences.isEmpty()) {
      changes.add(
          new ReaderChange(name, differences, List.copyOf(blueprint.dependents(Set.of(name)))));
    }
  }

  private List<Difference> differences(Node node) {
    Optional<ReleaseEntry> entry = current.flatMap(release -> release.entry(node.name()));
    if (entry.isEmpty()) {
      return List.of(new Difference.TableAdded());
    }
    List<Difference> differences = new ArrayList<>(columns(entry.get().schema(), node));
    if (!(node instanceof Node.SourceNode) && !isKeptIn(entry.get(), node)) {
      List<String> before = warehouse.table(entry.get().table()).layout().key();
      List<String> after = Layouts.of(node).key();
      if (!before.equals(after)) {
        differences.add(new Difference.KeyChanged(before, after));
      }
    }
    return differences;
  }

  private static boolean isKeptIn(ReleaseEntry entry, Node node) {
    return PhysicalTables.sameLayout(entry.table(), PhysicalTables.of(node));
  }

  /** A source's table may have columns of earlier files, which stay. */
  private static List<Difference> columns(TableSchema before, Node node) {
    List<Difference> differences = new ArrayList<>();
    TableSchema after = node.schema();
    for (Column column : after.columns()) {
      Optional<Column> same = before.column(column.name());
      if (same.isEmpty()) {
        differences.add(new Difference.ColumnAdded(column));
      } else if (!same.get().type().equals(column.type())) {
        differences.add(
            new Difference.ColumnRetyped(column.name(), same.get().type(), column.type()));
      }
    }
    for (Column column : before.columns()) {
      if (!(node instanceof Node.SourceNode) && !after.has(column.name())) {
        differences.add(new Difference.ColumnRemoved(column));
      }
    }
    return differences;
  }
}
