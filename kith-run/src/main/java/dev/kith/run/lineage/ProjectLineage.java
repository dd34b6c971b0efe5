package dev.kith.run.lineage;

import dev.kith.model.TableColumn;
import dev.kith.model.TableName;
import dev.kith.model.definition.DatasetDefinition;
import dev.kith.model.definition.DatasetDefinition.RowSet;
import dev.kith.model.definition.SourceDefinition;
import dev.kith.model.definition.SourceDefinition.Origin;
import dev.kith.model.definition.SourceDefinition.Relation;
import dev.kith.run.graph.Blueprint;
import dev.kith.run.graph.Node;
import dev.kith.run.graph.Relations;
import dev.kith.sql.ColumnLineage;
import dev.kith.sql.Dependency;
import dev.kith.sql.Derivation;
import dev.kith.sql.SqlAnalyzer;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Finds the lineage of all definitions of a project that was understood. */
public final class ProjectLineage {

  private final Relations relations;
  private final NodeLineage nodes;

  private ProjectLineage(Blueprint blueprint, SqlAnalyzer analyzer) {
    this.relations = blueprint.relations();
    this.nodes = new NodeLineage(relations, analyzer);
  }

  /** The graph of everything in the blueprint. */
  public static LineageGraph of(Blueprint blueprint, SqlAnalyzer analyzer) {
    ProjectLineage lineage = new ProjectLineage(blueprint, analyzer);
    List<TableLineage> tables = new ArrayList<>();
    blueprint.nodes().forEach(node -> tables.add(lineage.of(node)));
    blueprint.datasets().values().stream()
        .filter(dataset -> !dataset.definition().table())
        .forEach(dataset -> tables.add(lineage.of(dataset)));
    return new LineageGraph(tables);
  }

  private TableLineage of(Node node) {
    SortedSet<TableName> inputs = new TreeSet<>();
    node.inputs().forEach(input -> inputs.add(owner(input)));
    ColumnLineage found = owned(nodes.of(node));
    if (node instanceof Node.SourceNode source) {
      return table(node, TableLineage.Kind.SOURCE, reads(source.definition()), inputs, found);
    }
    if (node instanceof Node.DatasetNode dataset) {
      return table(node, TableLineage.Kind.DATASET, reads(dataset.definition()), inputs, found);
    }
    boolean profile = node instanceof Node.ProfileNode;
    return table(
        node, profile ? TableLineage.Kind.PROFILE : TableLineage.Kind.TABLE, "", inputs, found);
  }

  private static TableLineage table(
      Node node,
      TableLineage.Kind kind,
      String reads,
      SortedSet<TableName> inputs,
      ColumnLineage lineage) {
    return new TableLineage(node.name(), kind, reads, node.schema(), inputs, lineage);
  }

  private TableName owner(TableName relation) {
    return relations.find(relation).map(Relations.Relation::owner).orElse(relation);
  }

  /** In terms of sources rather than of the relations that they make. */
  private ColumnLineage owned(ColumnLineage lineage) {
    return new ColumnLineage(
        lineage.columns().stream()
            .map(output -> new ColumnLineage.Output(output.name(), owned(output.derivation())))
            .toList(),
        owned(lineage.rows()),
        lineage.unclear());
  }

  private Derivation owned(Derivation derivation) {
    return new Derivation(
        derivation.dependencies().stream()
            .map(each -> new Dependency(owned(each.origin()), each.influence()))
            .toList(),
        derivation.steps());
  }

  /** A version in an entity's history has the columns of the entity, and more. */
  private TableColumn owned(TableColumn column) {
    TableName owner = owner(column.table());
    boolean same =
        column.table().equals(owner.withSuffix("_history"))
            && relations.find(owner).filter(o -> o.schema().has(column.column())).isPresent();
    return same ? new TableColumn(owner, column.column()) : column;
  }

  private static String reads(DatasetDefinition dataset) {
    return dataset.rows() instanceof RowSet.File file ? file.path().value() : "";
  }

  private static String reads(SourceDefinition source) {
    if (source.from() instanceof Origin.Files files) {
      return files.paths().stream().map(path -> path.value()).collect(Collectors.joining(", "));
    }
    Origin.Database database = (Origin.Database) source.from();
    String relation =
        database.relation() instanceof Relation.Table table ? table.name().value() : "query";
    return database.connection().value() + "." + relation;
  }
}
