package dev.kith.run.plan;

import static dev.kith.run.plan.Strategy.TOUCHED;

import dev.kith.lake.Warehouse;
import dev.kith.model.TableName;
import dev.kith.run.graph.Node;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Chooses how a profile is built: by what it costs, unless somebody has asked for a way. */
final class ProfileMethods {

  private final Warehouse warehouse;
  private final Versions versions;
  private final Workloads workloads;
  private final Optional<Strategy> strategy;

  /**
   * @param zone the project's
   * @param strategy that was asked for
   */
  ProfileMethods(Warehouse warehouse, Versions versions, ZoneId zone, Optional<Strategy> strategy) {
    this.warehouse = warehouse;
    this.versions = versions;
    this.workloads = new Workloads(warehouse, versions, zone);
    this.strategy = strategy;
  }

  Choice choose(
      Node.ProfileNode profile,
      Verdict.OutOfDate verdict,
      Set<TableName> changing,
      Optional<Instant> asOf) {
    if (verdict.takeover().isPresent() && (strategy.isEmpty() || strategy.get() == TOUCHED)) {
      return new Choice(columns(profile, verdict.takeover().get()));
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
    boolean follows =
        base.table().equals(verdict.target())
            && !isBackwards(base, asOf)
            && state.isOf(base.snapshot());
    UpdateCosts costs = UpdateCosts.of(workloads.of(profile, base, state, asOf));
    return new Choice(method(costs, follows), Optional.of(costs));
  }

  private static Method columns(Node.ProfileNode profile, Takeover takeover) {
    List<String> computed = new ArrayList<>(profile.schema().names());
    computed.removeAll(takeover.columns());
    return new Method.Columns(takeover.from().version(), computed, takeover.columns());
  }

  /**
   * @param follows whether state is there
   */
  private Method method(UpdateCosts costs, boolean follows) {
    if (strategy.isEmpty()) {
      return follows ? costs.withState() : costs.withoutState();
    }
    if (strategy.get() == TOUCHED) {
      return new Method.Touched();
    }
    return follows ? new Method.Delta() : new Method.Whole(true);
  }

  private static boolean isBackwards(Standing base, Optional<Instant> asOf) {
    Optional<Instant> before = base.snapshot().provenance().asOf();
    return asOf.isPresent() && before.isPresent() && asOf.get().isBefore(before.get());
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
