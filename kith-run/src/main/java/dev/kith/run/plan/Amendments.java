package dev.kith.run.plan;

import dev.kith.lake.Warehouse;
import dev.kith.measures.AmendmentCompiler;
import dev.kith.model.TableName;
import dev.kith.run.graph.Node;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Chooses whether a profile whose definition has changed computes only the columns that are others.
 *
 * <p>At the instant of the rows that there are, it does. At another instant, or of other rows of
 * the inputs, these columns can be computed as they should have been then, of the inputs as they
 * were: from there the profile is brought up to date as any other. That is worth it if both
 * together cost less than computing everybody.
 */
final class Amendments {

  private final Warehouse warehouse;
  private final Versions versions;
  private final Workloads workloads;
  private final Optional<Strategy> strategy;

  Amendments(
      Warehouse warehouse, Versions versions, Workloads workloads, Optional<Strategy> strategy) {
    this.warehouse = warehouse;
    this.versions = versions;
    this.workloads = workloads;
    this.strategy = strategy;
  }

  /**
   * Nothing if everything is to be computed.
   *
   * @param takeover what can stay
   */
  Optional<Method> method(
      Node.ProfileNode profile,
      Takeover takeover,
      Verdict.OutOfDate verdict,
      Set<TableName> changing,
      Optional<Instant> asOf) {
    if (strategy.equals(Optional.of(Strategy.FULL))) {
      return Optional.empty();
    }
    KeptState state = new KeptState(warehouse, profile, verdict.target());
    Method.Columns columns =
        columns(
            profile,
            takeover,
            state.of(
                takeover.from(),
                input -> takeover.moved() || isSame(takeover.from(), input, changing)));
    if (!takeover.moved()) {
      return strategy.equals(Optional.of(Strategy.DELTA)) && !columns.keepsState()
          ? Optional.empty() // which keeps state of everything at once
          : Optional.of(columns);
    }
    return isKnown(profile, takeover.from(), changing)
        ? update(profile, takeover, columns, state, asOf).map(columns::then)
        : Optional.empty();
  }

  /**
   * @param kept the steps whose rows are kept already
   */
  private static Method.Columns columns(
      Node.ProfileNode profile, Takeover takeover, Set<String> kept) {
    List<String> computed = new ArrayList<>(profile.schema().names());
    computed.removeAll(takeover.columns());
    return new Method.Columns(
        takeover.from().version(),
        computed,
        takeover.columns(),
        AmendmentCompiler.compile(
                profile.plan(), takeover.columns(), kept, Instant.EPOCH, ZoneOffset.UTC)
            .inputs(),
        kept,
        Optional.empty());
  }

  /** Whether the rows of an input are those that others were made of. */
  private boolean isSame(Standing from, TableName input, Set<TableName> changing) {
    Long before = from.snapshot().provenance().inputs().get(input.toString());
    return before != null && !changing.contains(input) && versions.isSame(input, before);
  }

  /** Whether the inputs can be read as they were, and what came and went since is known. */
  private boolean isKnown(Node.ProfileNode profile, Standing from, Set<TableName> changing) {
    return profile.inputs().stream()
        .allMatch(
            input ->
                changing.contains(input) // as far as can be told before the rows are there
                    || !from.snapshot().provenance().inputs().containsKey(input.toString())
                    || versions.changes(from, input).isPresent());
  }

  /** How the profile would be brought up to date then; nothing if that is not worth it. */
  private Optional<Method> update(
      Node.ProfileNode profile,
      Takeover takeover,
      Method.Columns columns,
      KeptState state,
      Optional<Instant> asOf) {
    boolean follows = columns.keepsState() && KeptState.isForwards(takeover.from(), asOf);
    if (strategy.isPresent()) {
      boolean touched = strategy.get() == Strategy.TOUCHED;
      return touched || follows
          ? Optional.of(touched ? new Method.Touched() : new Method.Delta())
          : Optional.empty();
    }
    UpdateCosts costs = UpdateCosts.of(workloads.of(profile, takeover.from(), state, asOf));
    Method then = follows ? costs.withState() : new Method.Touched();
    return costs.areLessAfter(amending(takeover.from(), columns), then)
        ? Optional.of(then)
        : Optional.empty();
  }

  /** In rows: those of which columns are computed, and the profile's own. */
  private long amending(Standing from, Method.Columns columns) {
    return from.snapshot().totals().rows()
        + columns.inputs().stream()
            .filter(versions::has)
            .mapToLong(input -> versions.snapshot(input).totals().rows())
            .sum();
  }
}
