package dev.kith.run.build;

import dev.kith.engine.Input;
import dev.kith.engine.Session;
import dev.kith.engine.WriteMode;
import dev.kith.engine.WriteOutcome;
import dev.kith.lake.Changes;
import dev.kith.lake.LakeTable;
import dev.kith.lake.Provenance;
import dev.kith.lake.Snapshot;
import dev.kith.lake.TableVersion;
import dev.kith.model.Located;
import dev.kith.model.TableName;
import dev.kith.run.graph.Node;
import dev.kith.run.plan.BuildReason;
import dev.kith.run.plan.RelationVersion;
import java.util.List;
import java.util.Optional;

/**
 * Brings a table up to date: from what changed in its input where its mode allows that and the
 * changes are known, else anew.
 */
public final class TableBuilder {

  private final Building building;

  public TableBuilder(Building building) {
    this.building = building;
  }

  /**
   * @param reason only input that changed can be followed; all else computes anew
   */
  public WriteOutcome build(
      Node.TableNode node, LakeTable table, BuildReason reason, Provenance provenance) {
    Optional<Step> step =
        reason instanceof BuildReason.InputsChanged changed
            ? step(node, table, changed)
            : Optional.empty();
    String activity = step.isPresent() ? "adding what is new" : "computing";
    return building.inSession(
        node.name(),
        activity,
        session ->
            step.map(known -> follow(session, node, table, known, provenance))
                .orElseGet(() -> anew(session, node, table, provenance)));
  }

  /** The input's versions to go from and to, and whether rows left it in between. */
  private record Step(TableName input, TableVersion from, TableVersion to) {}

  private Optional<Step> step(
      Node.TableNode node, LakeTable table, BuildReason.InputsChanged reason) {
    Optional<TableName> followed = followed(node.incremental());
    Optional<Snapshot> head = table.head();
    if (followed.isEmpty() || head.isEmpty() || !reason.inputs().equals(List.of(followed.get()))) {
      return Optional.empty();
    }
    TableName input = followed.get();
    Long from = head.get().provenance().inputs().get(input.toString());
    RelationVersion to = building.versions().get(input);
    if (from == null || to.current()) {
      return Optional.empty();
    }
    boolean appendOnly = node.incremental() instanceof Node.Incremental.Append;
    return building.warehouse().table(to.table()).changes(from, to.snapshot())
                instanceof Changes.Known changes
            && (changes.removed().isEmpty() || !appendOnly)
        ? Optional.of(new Step(input, new TableVersion(to.table(), from), to.version()))
        : Optional.empty();
  }

  private static Optional<TableName> followed(Node.Incremental incremental) {
    if (incremental instanceof Node.Incremental.Append append) {
      return Optional.of(append.input());
    }
    if (incremental instanceof Node.Incremental.ByTime byTime) {
      return Optional.of(byTime.input());
    }
    return incremental instanceof Node.Incremental.ByKey byKey
        ? Optional.of(byKey.input())
        : Optional.empty();
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
      session.bind(step.input(), new Input.Added(step.from(), step.to()), node.hiddenNamed());
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
