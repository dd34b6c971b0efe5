package dev.kith.run.build;

import dev.kith.engine.Input;
import dev.kith.engine.Session;
import dev.kith.engine.WriteMode;
import dev.kith.engine.WriteOutcome;
import dev.kith.lake.LakeTable;
import dev.kith.lake.Provenance;
import dev.kith.lake.TableVersion;
import dev.kith.model.Located;
import dev.kith.model.TableName;
import dev.kith.run.graph.Node;
import dev.kith.run.plan.Method;
import java.util.List;
import java.util.Optional;

/** Brings a table up to date by the method that was chosen for it. */
public final class TableBuilder {

  private final Building building;

  public TableBuilder(Building building) {
    this.building = building;
  }

  public WriteOutcome build(
      Node.TableNode node, LakeTable table, Method method, Provenance provenance) {
    Optional<Step> step =
        method instanceof Method.Follow follow ? step(table, follow.input()) : Optional.empty();
    String activity = step.isPresent() ? "adding what is new" : "computing";
    return building.inSession(
        node.name(),
        activity,
        session ->
            step.map(known -> follow(session, node, table, known, provenance))
                .orElseGet(() -> anew(session, node, table, provenance)));
  }

  /** The input's versions to go from and to. */
  private record Step(TableName input, TableVersion from, TableVersion to) {}

  private Optional<Step> step(LakeTable table, TableName input) {
    TableVersion to = building.versions().get(input).version();
    return table
        .head()
        .map(head -> head.provenance().inputs().get(input.toString()))
        .map(from -> new Step(input, new TableVersion(to.table(), from), to));
  }

  private WriteOutcome anew(
      Session session, Node.TableNode node, LakeTable table, Provenance provenance) {
    for (TableName input : node.inputs()) {
      building.bindWhole(session, input, node.hiddenNamed());
    }
    List<String> key = node.definition().key().stream().map(Located::value).toList();
    boolean synchronise = !key.isEmpty() && node.incremental() instanceof Node.Incremental.None;
    WriteMode mode = synchronise ? new WriteMode.Synchronise(key) : new WriteMode.Overwrite();
    return building.write(session, table, sql(node), mode, provenance);
  }

  private WriteOutcome follow(
      Session session, Node.TableNode node, LakeTable table, Step step, Provenance provenance) {
    for (TableName input : node.inputs()) {
      if (!input.equals(step.input())) {
        building.bindWhole(session, input, node.hiddenNamed());
      }
    }
    if (node.incremental() instanceof Node.Incremental.Append) {
      building.bindPart(
          session,
          step.input(),
          step.input(),
          new Input.Added(step.from(), step.to()),
          node.hiddenNamed());
      return building.write(session, table, sql(node), new WriteMode.Append(), provenance);
    }
    return new ChangedParts(building, session, node, table, provenance)
        .write(step.input(), step.from(), step.to())
        .orElseGet(() -> anew(session, node, table, provenance));
  }

  private String sql(Node.TableNode node) {
    return node.query().render(building.asOf());
  }
}
