package dev.kith.run.plan;

import dev.kith.lake.Warehouse;
import dev.kith.model.TableName;
import dev.kith.run.graph.Node;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;

/** Chooses how a profile is built: by what it costs, unless somebody has asked for a way. */
final class ProfileMethods {

  private final Warehouse warehouse;
  private final Versions versions;
  private final Workloads workloads;
  private final Amendments amendments;
  private final Optional<Strategy> strategy;

  /**
   * @param zone the project's
   * @param strategy that was asked for
   */
  ProfileMethods(Warehouse warehouse, Versions versions, ZoneId zone, Optional<Strategy> strategy) {
    this.warehouse = warehouse;
    this.versions = versions;
    this.workloads = new Workloads(warehouse, versions, zone);
    this.amendments = new Amendments(warehouse, versions, workloads, strategy);
    this.strategy = strategy;
  }

  Choice choose(
      Node.ProfileNode profile,
      Verdict.OutOfDate verdict,
      Set<TableName> changing,
      Optional<Instant> asOf) {
    Optional<Method> amendment =
        verdict
            .takeover()
            .flatMap(takeover -> amendments.method(profile, takeover, verdict, changing, asOf));
    if (amendment.isPresent()) {
      return new Choice(amendment.get());
    }
    if (!canTouch(profile, verdict, changing)) {
      // Whoever works on a definition should not wait for state that the next change makes useless.
      return new Choice(new Method.Whole(strategy.equals(Optional.of(Strategy.DELTA))));
    }
    Standing base = verdict.base().orElseThrow();
    KeptState state = new KeptState(warehouse, profile, verdict.target());
    if (state.isNothing()) {
      return new Choice(new Method.Touched());
    }
    boolean follows = state.leads(base, asOf);
    UpdateCosts costs = UpdateCosts.of(workloads.of(profile, base, state, asOf));
    return new Choice(method(costs, follows), Optional.of(costs));
  }

  /**
   * @param follows whether state is there
   */
  private Method method(UpdateCosts costs, boolean follows) {
    if (strategy.isEmpty()) {
      return follows ? costs.withState() : costs.withoutState();
    }
    if (strategy.get() == Strategy.TOUCHED) {
      return new Method.Touched();
    }
    return follows ? new Method.Delta() : new Method.Whole(true);
  }

  /** Whether the profile was made by this definition, and what came and went since is known. */
  private boolean canTouch(Node profile, Verdict.OutOfDate verdict, Set<TableName> changing) {
    boolean sameDefinition =
        verdict.reason() instanceof BuildReason.InputsChanged
            || verdict.reason() instanceof BuildReason.AsOfMoved;
    if (strategy.equals(Optional.of(Strategy.FULL))
        || !sameDefinition
        || verdict.base().isEmpty()
        || verdict.base().get().snapshot().provenance().asOf().isEmpty()) {
      return false;
    }
    return profile.inputs().stream()
        .allMatch(
            input ->
                changing.contains(input) // as far as can be told before the rows are there
                    || versions.changes(verdict.base().get(), input).isPresent());
  }
}
