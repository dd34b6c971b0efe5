package dev.kith.run.build;

import dev.kith.engine.Session;
import dev.kith.engine.WriteMode;
import dev.kith.engine.WriteOutcome;
import dev.kith.lake.LakeTable;
import dev.kith.lake.Provenance;
import dev.kith.lake.Snapshot;
import dev.kith.measures.AsOfCompiler;
import dev.kith.measures.CompiledQuery;
import dev.kith.measures.Instants;
import dev.kith.model.TableName;
import dev.kith.run.graph.Node;
import dev.kith.run.plan.Method;
import dev.kith.run.plan.Strategy;
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
    Optional<Snapshot> before = method instanceof Method.Touched ? table.head() : Optional.empty();
    return building.inSession(
        profile.name(),
        before.isPresent() ? "computing what changed" : "computing",
        session ->
            before
                .flatMap(from -> update(session, profile, table, from, provenance))
                .map(outcome -> new Built(method, outcome))
                .orElseGet(
                    () ->
                        new Built(new Method.Whole(), anew(session, profile, table, provenance))));
  }

  private Optional<WriteOutcome> update(
      Session session,
      Node.ProfileNode profile,
      LakeTable table,
      Snapshot from,
      Provenance provenance) {
    TouchedPeople touched = new TouchedPeople(building, session, profile, table, from);
    boolean forced = strategy.equals(Optional.of(Strategy.TOUCHED));
    return forced || touched.areFew() ? Optional.of(touched.write(provenance)) : Optional.empty();
  }

  private WriteOutcome anew(
      Session session, Node.ProfileNode profile, LakeTable table, Provenance provenance) {
    for (TableName input : profile.plan().inputs()) {
      building.bindWhole(session, input, HIDDEN_NAMED);
    }
    CompiledQuery compiled =
        AsOfCompiler.compile(profile.plan(), new Instants.Single(building.asOf()), building.zone());
    for (CompiledQuery.Step step : compiled.steps()) {
      session.materialise(step.name(), step.sql());
    }
    return building.write(session, table, compiled.sql(), new WriteMode.Overwrite(), provenance);
  }
}
