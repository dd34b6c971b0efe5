package dev.kith.run.plan;

import dev.kith.lake.ChangedFile;
import dev.kith.lake.Changes;
import dev.kith.lake.Warehouse;
import dev.kith.model.TableName;
import dev.kith.run.graph.Node;
import dev.kith.run.graph.Node.Incremental;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Chooses how a table is built, and tells what that reads. */
public final class Methods {

  private final Versions versions;
  private final ProfileMethods profiles;

  /**
   * @param zone the project's
   * @param strategy that was asked for
   */
  public Methods(Warehouse warehouse, Versions versions, ZoneId zone, Optional<Strategy> strategy) {
    this.versions = versions;
    this.profiles = new ProfileMethods(warehouse, versions, zone, strategy);
  }

  /**
   * Only input that changed can be followed, and only of people can be told whose rows may be
   * others; all else computes anew.
   *
   * @param changing names whose new rows are not there yet
   * @param asOf the instant of profiles, if that is known already
   */
  public Choice choose(
      Node node, Verdict.OutOfDate verdict, Set<TableName> changing, Optional<Instant> asOf) {
    if (node instanceof Node.ProfileNode profile) {
      return profiles.choose(profile, verdict, changing, asOf);
    }
    return new Choice(of(node, verdict, changing));
  }

  private Method of(Node node, Verdict.OutOfDate verdict, Set<TableName> changing) {
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
    Optional<Changes.Known> changes = versions.changes(verdict.base().get(), input);
    boolean appendOnly = ((Node.TableNode) node).incremental() instanceof Incremental.Append;
    return changes.isPresent() && (changes.get().removed().isEmpty() || !appendOnly);
  }

  /** What of the inputs is read, without those whose rows are not there yet. */
  public Reading reading(
      Node node, Method method, Optional<Standing> base, Heads heads, Set<TableName> changing) {
    Reading reading = Reading.NOTHING;
    List<TableName> inputs = new ArrayList<>(node.inputs());
    if (method instanceof Method.Columns columns) {
      if (columns.then().isEmpty()) {
        inputs.clear();
      }
      inputs.addAll(columns.inputs());
      reading = reading.plus(Reading.of(heads.of(columns.from()).totals()));
    }
    for (TableName input : inputs) {
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
        base.flatMap(standing -> versions.changes(standing, input))
            .map(Changes.Known::added)
            .orElse(List.of())) {
      reading = reading.plus(new Reading(file.rowsAtMost(), file.file().sizeBytes()));
    }
    return reading;
  }

  private Reading whole(TableName input, Heads heads) {
    RelationVersion version = versions.get(input);
    return Reading.of(heads.of(version.version()).totals());
  }
}
