package dev.kith.run.build;

import dev.kith.engine.Input;
import dev.kith.engine.Session;
import dev.kith.engine.WriteMode;
import dev.kith.engine.WriteOutcome;
import dev.kith.lake.LakeTable;
import dev.kith.lake.Provenance;
import dev.kith.lake.Snapshot;
import dev.kith.lake.TableVersion;
import dev.kith.measures.AmendmentCompiler;
import dev.kith.measures.AsOfCompiler;
import dev.kith.measures.CompiledAmendment;
import dev.kith.measures.CompiledQuery;
import dev.kith.measures.CompiledQuery.Step;
import dev.kith.measures.CompiledUpdate;
import dev.kith.measures.DeltaCompiler;
import dev.kith.measures.Instants;
import dev.kith.measures.ProfilePlan;
import dev.kith.measures.UpdateCompiler;
import dev.kith.model.TableName;
import dev.kith.run.graph.Node;
import dev.kith.run.graph.Relations.Relation;
import dev.kith.run.plan.KeptState;
import dev.kith.run.plan.Method;
import dev.kith.run.plan.Strategy;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Computes a profile from the events, for everybody at one instant, or for some of them. */
public final class ProfileBuilder {

  static final Set<String> HIDDEN_NAMED = Set.of("_since_ever");

  private final Building building;
  private final Optional<Strategy> strategy;

  /**
   * @param strategy that was asked for
   */
  public ProfileBuilder(Building building, Optional<Strategy> strategy) {
    this.building = building;
    this.strategy = strategy;
  }

  /**
   * What was done.
   *
   * @param method the planned one, unless it turned out that almost everybody has to be computed
   */
  public record Built(Method method, WriteOutcome outcome) {}

  public Built build(
      Node.ProfileNode profile, LakeTable table, Method method, Provenance provenance) {
    if (method instanceof Method.Columns columns) {
      return columns
          .then()
          .map(then -> amendAndUpdate(profile, table, columns, then, provenance))
          .orElseGet(() -> amend(profile, table, columns, provenance));
    }
    Optional<Snapshot> before = method instanceof Method.Whole ? Optional.empty() : table.head();
    return building.inSession(
        profile.name(),
        before.isPresent() ? "computing what changed" : "computing",
        session ->
            before
                .flatMap(from -> update(session, profile, table, from, method, provenance))
                .map(outcome -> new Built(method, outcome))
                .orElseGet(() -> anew(session, profile, table, method, provenance)));
  }

  /** Two commits; after the first, the rows are what they should have been when they were made. */
  private Built amendAndUpdate(
      Node.ProfileNode profile,
      LakeTable table,
      Method.Columns columns,
      Method then,
      Provenance provenance) {
    Provenance made = snapshot(columns.from()).provenance();
    Map<String, Long> inputs = new TreeMap<>(provenance.inputs());
    inputs.putAll(made.inputs());
    inputs.keySet().retainAll(provenance.inputs().keySet());
    Provenance before =
        new Provenance(
            provenance.run(),
            provenance.definition(),
            inputs,
            made.asOf(),
            Optional.empty(),
            Optional.empty());
    WriteOutcome amended = amend(profile, table, columns, before).outcome();
    WriteOutcome updated = build(profile, table, then, provenance).outcome();
    return new Built(
        columns,
        new WriteOutcome(
            updated.snapshotId(),
            amended.rowsAdded() + updated.rowsAdded(),
            amended.rowsDeleted() + updated.rowsDeleted(),
            amended.bytesWritten() + updated.bytesWritten()));
  }

  private Built amend(
      Node.ProfileNode profile, LakeTable table, Method.Columns columns, Provenance provenance) {
    return building.inSession(
        profile.name(),
        "computing what changed",
        session -> amend(session, profile, table, columns, provenance));
  }

  private Built amend(
      Session session,
      Node.ProfileNode profile,
      LakeTable table,
      Method.Columns columns,
      Provenance provenance) {
    CompiledAmendment compiled =
        AmendmentCompiler.compile(
            profile.plan(),
            columns.taken(),
            columns.kept(),
            provenance.asOf().orElseThrow(),
            building.zone());
    compiled.inputs().forEach(input -> bind(session, input, columns, provenance));
    session.bind(CompiledUpdate.BEFORE, new Input.Whole(columns.from()), HIDDEN_NAMED);
    StateWriter state = state(session, profile, table, provenance);
    columns.kept().forEach(state::restore);
    make(session, compiled.rows().steps(), state);
    WriteOutcome outcome =
        building.write(
            session, table, compiled.rows().sql(), new WriteMode.Overwrite(), provenance);
    columns.kept().forEach(state::carryOver);
    return new Built(columns, outcome);
  }

  private static void make(Session session, List<Step> steps, StateWriter state) {
    for (Step step : steps) {
      if (step.state().isPresent()) {
        state.keep(step);
      } else {
        session.materialise(step.name(), step.sql());
      }
    }
  }

  /** As it is now, unless the rows are amended as of before. */
  private void bind(
      Session session, TableName input, Method.Columns columns, Provenance provenance) {
    Map<String, Long> recorded = provenance.inputs();
    TableName owner = building.relations().find(input).map(Relation::owner).orElse(input);
    @Nullable Long snapshot =
        recorded.getOrDefault(input.toString(), recorded.get(owner.toString()));
    if (columns.then().isEmpty() || snapshot == null) {
      building.bindWhole(session, input, HIDDEN_NAMED);
      return;
    }
    TableVersion then = new TableVersion(building.versions().get(input).table(), snapshot);
    building.bind(session, input, input, new Input.Whole(then), HIDDEN_NAMED);
  }

  private Snapshot snapshot(TableVersion version) {
    return building.warehouse().table(version.table()).snapshot(version.snapshotId());
  }

  private Optional<WriteOutcome> update(
      Session session,
      Node.ProfileNode profile,
      LakeTable table,
      Snapshot from,
      Method method,
      Provenance provenance) {
    ProfilePlan plan = profile.plan();
    Instant then = from.provenance().asOf().orElseThrow();
    if (method instanceof Method.Delta) {
      StateWriter state = state(session, profile, table, provenance);
      Set<TableName> growing = ProfileUpdate.growing(building, plan, from);
      CompiledUpdate delta =
          DeltaCompiler.compile(plan, then, building.asOf(), building.zone(), growing);
      ProfileUpdate update = new ProfileUpdate(building, session, profile, table, from, delta);
      state.bindAll();
      update.begin();
      WriteOutcome outcome = update.write(provenance);
      delta.state().forEach(state::change);
      return Optional.of(outcome);
    }
    ProfileUpdate update =
        new ProfileUpdate(
            building,
            session,
            profile,
            table,
            from,
            UpdateCompiler.compile(plan, then, building.asOf(), building.zone()));
    update.begin();
    boolean forced = strategy.equals(Optional.of(Strategy.TOUCHED));
    return forced || update.touchesFew() ? Optional.of(update.write(provenance)) : Optional.empty();
  }

  private StateWriter state(
      Session session, Node.ProfileNode profile, LakeTable table, Provenance provenance) {
    KeptState state = new KeptState(building.warehouse(), profile, table.name());
    return new StateWriter(building, session, state, provenance);
  }

  private Built anew(
      Session session,
      Node.ProfileNode profile,
      LakeTable table,
      Method method,
      Provenance provenance) {
    for (TableName input : profile.plan().inputs()) {
      building.bindWhole(session, input, HIDDEN_NAMED);
    }
    Method.Whole whole = method instanceof Method.Whole planned ? planned : new Method.Whole();
    Instants.Single instant = new Instants.Single(building.asOf());
    CompiledQuery compiled =
        whole.keepsState()
            ? AsOfCompiler.compileKeeping(profile.plan(), instant, building.zone())
            : AsOfCompiler.compile(profile.plan(), instant, building.zone());
    make(session, compiled.steps(), state(session, profile, table, provenance));
    WriteOutcome outcome =
        building.write(session, table, compiled.sql(), new WriteMode.Overwrite(), provenance);
    return new Built(whole, outcome);
  }
}
