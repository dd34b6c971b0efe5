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
import dev.kith.measures.CompiledUpdate;
import dev.kith.measures.DeltaCompiler;
import dev.kith.measures.Instants;
import dev.kith.measures.ProfilePlan;
import dev.kith.measures.UpdateCompiler;
import dev.kith.model.TableName;
import dev.kith.run.graph.Node;
import dev.kith.run.plan.KeptState;
import dev.kith.run.plan.Method;
import dev.kith.run.plan.Strategy;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

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
      return building.inSession(
          profile.name(),
          "computing what changed",
          session -> amend(session, profile, table, columns, provenance));
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

  private Built amend(
      Session session,
      Node.ProfileNode profile,
      LakeTable table,
      Method.Columns columns,
      Provenance provenance) {
    CompiledAmendment compiled =
        AmendmentCompiler.compile(
            profile.plan(), columns.taken(), building.asOf(), building.zone());
    compiled.inputs().forEach(input -> building.bindWhole(session, input, HIDDEN_NAMED));
    session.bind(CompiledUpdate.BEFORE, new Input.Whole(columns.from()), HIDDEN_NAMED);
    compiled.rows().steps().forEach(step -> session.materialise(step.name(), step.sql()));
    WriteOutcome outcome =
        building.write(
            session, table, compiled.rows().sql(), new WriteMode.Overwrite(), provenance);
    KeptState state = new KeptState(building.warehouse(), profile, table.name());
    if (columns.from().table().equals(table.name()) && state.isOf(snapshot(columns.from()))) {
      new StateWriter(building, session, state, provenance).carryOver();
    }
    return new Built(columns, outcome);
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
      CompiledUpdate delta = DeltaCompiler.compile(plan, then, building.asOf(), building.zone());
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
    Optional<StateWriter> state =
        whole.keepsState()
            ? Optional.of(state(session, profile, table, provenance))
            : Optional.empty();
    for (CompiledQuery.Step step : compiled.steps()) {
      if (step.state().isPresent()) {
        state.orElseThrow().keep(step);
      } else {
        session.materialise(step.name(), step.sql());
      }
    }
    WriteOutcome outcome =
        building.write(session, table, compiled.sql(), new WriteMode.Overwrite(), provenance);
    return new Built(whole, outcome);
  }
}
