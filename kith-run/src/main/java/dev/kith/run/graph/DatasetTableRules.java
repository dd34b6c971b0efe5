package dev.kith.run.graph;

import dev.kith.measures.DatasetPlan;
import dev.kith.model.Diagnostic;
import dev.kith.model.Problems;
import dev.kith.model.TableName;
import dev.kith.model.definition.DatasetDefinition;
import dev.kith.model.definition.Knowledge;
import dev.kith.model.definition.SourceDefinition.Kind;
import dev.kith.model.type.Column;
import dev.kith.model.type.DataType.Primitive;
import dev.kith.model.type.TableSchema;
import dev.kith.run.fault.AsOfCode;
import java.util.Map;
import java.util.Optional;

/** What keeps a dataset from being a table: found before a run begins, and not while it builds. */
final class DatasetTableRules {

  private final Relations relations;
  private final Map<TableName, Node> nodes;
  private final Problems problems;

  DatasetTableRules(Relations relations, Map<TableName, Node> nodes, Problems problems) {
    this.relations = relations;
    this.nodes = nodes;
    this.problems = problems;
  }

  /**
   * Reports what does.
   *
   * @param given the columns of the rows
   */
  void check(DatasetDefinition dataset, DatasetPlan plan, TableSchema given) {
    requireFreeNames(dataset, plan, given);
    plan.plan().inputs().forEach(input -> requireAnyInstant(dataset, input));
    if (dataset.known() == Knowledge.THEN) {
      plan.features().inputs().forEach(input -> requireIngestion(dataset, input));
    }
  }

  private void requireFreeNames(DatasetDefinition dataset, DatasetPlan plan, TableSchema given) {
    TableSchema shown = new TableSchema(plan.columns());
    for (Column column : given.columns()) {
      if (shown.has(column.name()) || column.name().equalsIgnoreCase(DatasetPlan.EXISTS)) {
        problems.add(
            Diagnostic.error(
                AsOfCode.COLUMN_CLASH,
                dataset.span(),
                "two columns are named '%s': one of the rows, and one of the dataset"
                    .formatted(column.name()),
                "name it otherwise in the rows, or leave it out there"));
      }
    }
  }

  private void requireAnyInstant(DatasetDefinition dataset, TableName input) {
    ofOneInstant(input)
        .ifPresent(
            table ->
                problems.add(
                    Diagnostic.error(
                        AsOfCode.ONE_INSTANT_ONLY,
                        dataset.profile().span(),
                        "what '%s' was at another instant cannot be told: it uses ':as_of'"
                            .formatted(table),
                        "make a measure or a metric of what depends on the instant")));
  }

  private Optional<TableName> ofOneInstant(TableName relation) {
    Node node = nodes.get(owner(relation));
    if (node == null) {
      return Optional.empty();
    }
    return node.dependsOnInstant()
        ? Optional.of(node.name())
        : node.inputs().stream().map(this::ofOneInstant).flatMap(Optional::stream).findFirst();
  }

  private void requireIngestion(DatasetDefinition dataset, TableName input) {
    boolean current =
        nodes.get(input) instanceof Node.SourceNode source
            && source.definition().kind() == Kind.ENTITY;
    boolean carried =
        relations
            .find(input)
            .flatMap(relation -> relation.schema().column(Knowledge.INGESTED_AT))
            .filter(column -> column.type() == Primitive.INSTANT)
            .isPresent();
    if (current || !carried) {
      problems.add(
          Diagnostic.error(
              AsOfCode.NOT_KNOWN_THEN,
              dataset.profile().span(),
              "what was known then of '%s' cannot be told: its rows do not say when they were ingested"
                  .formatted(input),
              "use what is known now, or measures over sources and histories only"));
    }
  }

  private TableName owner(TableName relation) {
    return relations.find(relation).map(Relations.Relation::owner).orElse(relation);
  }
}
