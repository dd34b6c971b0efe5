package dev.kith.run.plan;

import dev.kith.lake.ChangedFile;
import dev.kith.lake.Changes;
import dev.kith.lake.SnapshotTotals;
import dev.kith.lake.Warehouse;
import dev.kith.model.TableName;
import dev.kith.run.graph.Node;
import dev.kith.run.graph.Node.Incremental;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Chooses how a table is built, and tells what that reads. */
public final class Methods {

  /** Of all inputs: from here on a profile keeps state. */
  private static final long MANY_ROWS = 5_000_000;

  private final Warehouse warehouse;
  private final Versions versions;
  private final Optional<Strategy> strategy;

  /**
   * @param strategy that was asked for
   */
  public Methods(Warehouse warehouse, Versions versions, Optional<Strategy> strategy) {
    this.warehouse = warehouse;
    this.versions = versions;
    this.strategy = strategy;
  }

  /**
   * Only input that changed can be followed, and only of people can be told whose rows may be
   * others; all else computes anew.
   *
   * @param changing names whose new rows are not there yet
   * @param asOf the instant of profiles, if that is known already
   */
  public Method of(
      Node node, Verdict.OutOfDate verdict, Set<TableName> changing, Optional<Instant> asOf) {
    if (node instanceof Node.ProfileNode profile) {
      return of(profile, verdict, changing, asOf);
    }
    Optional<TableName> followed = followed(node, verdict);
    if (followed.isPresent() && canFollow(node, verdict, followed.get(), changing)) {
      return new Method.Follow(followed.get());
    }
    boolean key =
        node instanceof Node.TableNode table
            && !table.definition().key().isEmpty()
            && table.incremental() instanceof Incremental.None;
    return key && verdict.base().isPresent() ? new Method.Differences() : new Method.Whole();
  }

  private Method of(
      Node.ProfileNode profile,
      Verdict.OutOfDate verdict,
      Set<TableName> changing,
      Optional<Instant> asOf) {
    if (!canTouch(profile, verdict, changing)) {
      // Whoever works on a definition should not wait for state that the next change makes useless.
      return new Method.Whole(strategy.equals(Optional.of(Strategy.DELTA)));
    }
    if (!keepsState(profile)) {
      return new Method.Touched();
    }
    KeptState state = new KeptState(warehouse, profile, verdict.target());
    if (state.isNothing()) {
      return new Method.Touched();
    }
    Standing base = verdict.base().orElseThrow();
    boolean kept =
        base.table().equals(verdict.target())
            && !isBackwards(base, asOf)
            && state.isOf(base.snapshot());
    return kept ? new Method.Delta() : new Method.Whole(true);
  }

  private static boolean isBackwards(Standing base, Optional<Instant> asOf) {
    Optional<Instant> before = base.snapshot().provenance().asOf();
    return asOf.isPresent() && before.isPresent() && asOf.get().isBefore(before.get());
  }

  /** Whether computing people anew from their events would cost more than keeping state does. */
  private boolean keepsState(Node.ProfileNode profile) {
    return strategy
        .map(Strategy.DELTA::equals)
        .orElseGet(
            () ->
                profile.inputs().stream()
                        .filter(versions::has)
                        .map(versions::get)
                        .mapToLong(input -> rows(input))
                        .sum()
                    >= MANY_ROWS);
  }

  private long rows(RelationVersion input) {
    return warehouse.table(input.table()).snapshot(input.snapshot()).totals().rows();
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
                    || changes(verdict.base().get(), input).isPresent());
  }

  /** The one input that changed, if the table can follow it. */
  private static Optional<TableName> followed(Node node, Verdict.OutOfDate verdict) {
    if (!(node instanceof Node.TableNode table)
        || !(verdict.reason() instanceof BuildReason.InputsChanged changed)) {
      return Optional.empty();
    }
    return input(table.incremental()).filter(input -> changed.inputs().equals(List.of(input)));
  }

  private static Optional<TableName> input(Incremental incremental) {
    if (incremental instanceof Incremental.Append append) {
      return Optional.of(append.input());
    }
    if (incremental instanceof Incremental.ByTime byTime) {
      return Optional.of(byTime.input());
    }
    return incremental instanceof Incremental.ByKey byKey
        ? Optional.of(byKey.input())
        : Optional.empty();
  }

  private boolean canFollow(
      Node node, Verdict.OutOfDate verdict, TableName input, Set<TableName> changing) {
    if (verdict.base().isEmpty()) {
      return false;
    }
    if (changing.contains(input)) {
      return true; // as far as can be told before the rows are there
    }
    if (versions.get(input).current()) {
      return false;
    }
    Optional<Changes.Known> changes = changes(verdict.base().get(), input);
    boolean appendOnly = ((Node.TableNode) node).incremental() instanceof Incremental.Append;
    return changes.isPresent() && (changes.get().removed().isEmpty() || !appendOnly);
  }

  private Optional<Changes.Known> changes(Standing base, TableName input) {
    Long from = base.snapshot().provenance().inputs().get(input.toString());
    RelationVersion to = versions.get(input);
    if (from == null) {
      return Optional.empty();
    }
    return warehouse.table(to.table()).changes(from, to.snapshot()) instanceof Changes.Known known
        ? Optional.of(known)
        : Optional.empty();
  }

  /** What of the inputs is read, without those whose rows are not there yet. */
  public Reading reading(
      Node node, Method method, Optional<Standing> base, Heads heads, Set<TableName> changing) {
    Reading reading = Reading.NOTHING;
    for (TableName input : node.inputs()) {
      if (changing.contains(input) || !versions.has(input)) {
        continue;
      }
      boolean follows = method instanceof Method.Follow follow && follow.input().equals(input);
      reading = reading.plus(follows ? changed(base, input) : whole(input, heads));
    }
    return reading;
  }

  private Reading changed(Optional<Standing> base, TableName input) {
    Reading reading = Reading.NOTHING;
    for (ChangedFile file :
        base.flatMap(standing -> changes(standing, input))
            .map(Changes.Known::added)
            .orElse(List.of())) {
      reading = reading.plus(new Reading(file.rowsAtMost(), file.file().sizeBytes()));
    }
    return reading;
  }

  private Reading whole(TableName input, Heads heads) {
    RelationVersion version = versions.get(input);
    SnapshotTotals totals = heads.of(version.version()).totals();
    return new Reading(totals.rows(), totals.bytes());
  }
}
