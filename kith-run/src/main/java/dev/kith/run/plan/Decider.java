package dev.kith.run.plan;

import dev.kith.lake.InputUse;
import dev.kith.lake.PhysicalTable;
import dev.kith.lake.Provenance;
import dev.kith.lake.ReleaseEntry;
import dev.kith.lake.Snapshot;
import dev.kith.model.Fingerprint;
import dev.kith.model.TableName;
import dev.kith.run.change.DefinitionRecords;
import dev.kith.run.graph.Fingerprints;
import dev.kith.run.graph.Node;
import dev.kith.run.graph.Sampling;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Decides what has to be done with each table, the same way for those who only want to know and for
 * those who do it.
 *
 * <p>Rows that are as wanted are taken wherever they are: in what readers see, or at the head of
 * the table that would be built, where a run that was killed may have left them.
 */
public final class Decider {

  private final Heads heads;
  private final Basis basis;
  private final Sampling sampling;
  private final InputUses uses;
  private final DefinitionRecords definitions;
  private final Takeovers takeovers;
  private final ZoneId zone;
  private final boolean fullRefresh;
  private final Set<TableName> settled = new HashSet<>();

  /**
   * @param sampling what of sources' rows is read
   * @param uses what tables use of their inputs
   * @param definitions by which rows were made
   * @param fullRefresh whether tables are built although they are up to date
   */
  public Decider(
      Heads heads,
      Basis basis,
      Sampling sampling,
      InputUses uses,
      DefinitionRecords definitions,
      ZoneId zone,
      boolean fullRefresh) {
    this.heads = heads;
    this.basis = basis;
    this.sampling = sampling;
    this.uses = uses;
    this.definitions = definitions;
    this.takeovers = new Takeovers(uses, definitions);
    this.zone = zone;
    this.fullRefresh = fullRefresh;
  }

  /**
   * Each table is decided once, after those that it reads: from then on it counts as brought up to
   * date.
   *
   * @param changing names whose rows will be others than they are now
   * @param asOf the instant of profiles, if it is known
   */
  public Verdict decide(
      Node node, Versions versions, Set<TableName> changing, Optional<Instant> asOf) {
    Verdict verdict = verdict(node, new Situation(versions, settled, changing, asOf));
    settled.add(node.name());
    return verdict;
  }

  private Verdict verdict(Node node, Situation now) {
    PhysicalTable usual = PhysicalTables.of(node);
    PhysicalTable target = basis.target(node.name(), usual);
    List<Standing> candidates = candidates(node.name(), usual, target);
    Optional<Standing> base = heads.of(target).map(head -> new Standing(target, head));
    if (fullRefresh && !candidates.isEmpty()) {
      return new Verdict.OutOfDate(new BuildReason.FullRefresh(), target, base, Optional.empty());
    }
    for (Standing candidate : candidates) {
      Comparison inputs = compare(node, candidate, now);
      if (reason(node, candidate, inputs, now).isEmpty()) {
        return new Verdict.UpToDate(candidate, inputs.unaffecting());
      }
    }
    BuildReason reason =
        base.or(() -> candidates.stream().findFirst())
            .flatMap(standing -> reason(node, standing, compare(node, standing, now), now))
            .map(found -> explained(found, node, base, candidates))
            .orElseGet(() -> newTable(node));
    Optional<Takeover> takeover =
        reason instanceof BuildReason.DefinitionChanged
            ? takeover(node, rows(node.name(), candidates, base), now)
            : Optional.empty();
    return new Verdict.OutOfDate(reason, target, base, takeover);
  }

  private Optional<Takeover> takeover(Node node, List<Standing> rows, Situation now) {
    return !fullRefresh && node instanceof Node.ProfileNode profile
        ? takeovers.find(profile, rows, now)
        : Optional.empty();
  }

  /** All that there is of a table, also in physical tables with other columns. */
  private List<Standing> rows(TableName name, List<Standing> candidates, Optional<Standing> base) {
    Stream<Standing> seen =
        basis.entry(name).stream()
            .map(entry -> new Standing(entry.table(), heads.of(entry.version())));
    return Stream.of(seen, candidates.stream(), base.stream())
        .flatMap(each -> each)
        .distinct()
        .toList();
  }

  /** Whether rows are what would be built now. */
  boolean isAsWanted(Node node, Standing standing, Versions versions, Optional<Instant> asOf) {
    Situation now = new Situation(versions, settled, Set.of(), asOf);
    return reason(node, standing, compare(node, standing, now), now).isEmpty();
  }

  /** What the table should be made of, in terms of the snapshots that rows were made of before. */
  public Wanted wanted(
      Node node, Versions versions, Optional<Standing> before, Optional<Instant> asOf) {
    Situation now = new Situation(versions, settled, Set.of(), asOf);
    Map<TableName, InputUse> used = new TreeMap<>();
    node.inputs()
        .forEach(input -> uses.of(node, input, now).ifPresent(use -> used.put(input, use)));
    return new Wanted(
        definition(node),
        versions.inputs(node.inputs(), before.map(standing -> standing.snapshot().provenance())),
        used,
        node.dependsOnInstant() ? asOf : Optional.empty());
  }

  private Fingerprint definition(Node node) {
    return sampling.fingerprint(node, Fingerprints.of(node, zone));
  }

  private List<Standing> candidates(TableName name, PhysicalTable usual, PhysicalTable target) {
    List<Standing> candidates = new ArrayList<>();
    for (ReleaseEntry entry : basis.candidates(name, usual)) {
      candidates.add(new Standing(entry.table(), heads.of(entry.version())));
    }
    heads
        .of(target)
        .map(head -> new Standing(target, head))
        .filter(head -> !candidates.contains(head))
        .ifPresent(candidates::add);
    return candidates;
  }

  /**
   * The inputs of a table against those that rows were made of.
   *
   * @param changed that have other rows in the columns that it uses
   * @param unaffecting that have other rows, but not in these columns
   */
  private record Comparison(List<TableName> changed, SortedSet<TableName> unaffecting) {}

  private Comparison compare(Node node, Standing standing, Situation now) {
    List<TableName> changed = new ArrayList<>();
    SortedSet<TableName> unaffecting = new TreeSet<>();
    Provenance made = standing.snapshot().provenance();
    for (TableName input : node.inputs()) {
      switch (uses.compare(node, input, made, now)) {
        case NONE -> changed.add(input);
        case USED_COLUMNS -> unaffecting.add(input);
        case ROWS -> {}
      }
    }
    return new Comparison(changed, unaffecting);
  }

  private Optional<BuildReason> reason(
      Node node, Standing standing, Comparison inputs, Situation now) {
    return Decision.of(
        definition(node),
        inputs.changed(),
        node.dependsOnInstant() ? now.asOf() : Optional.empty(),
        standing.snapshot().provenance());
  }

  /** With the difference to the definition by which the rows were made. */
  private BuildReason explained(
      BuildReason reason, Node node, Optional<Standing> base, List<Standing> candidates) {
    return reason instanceof BuildReason.DefinitionChanged
        ? base.or(() -> candidates.stream().findFirst())
            .map(standing -> changed(standing.snapshot(), node, false))
            .orElse(reason)
        : reason;
  }

  private BuildReason newTable(Node node) {
    return basis
        .entry(node.name())
        .<BuildReason>map(entry -> changed(heads.of(entry.version()), node, true))
        .orElseGet(BuildReason.NeverBuilt::new);
  }

  private BuildReason changed(Snapshot made, Node node, boolean newTable) {
    return new BuildReason.DefinitionChanged(
        definitions.since(made.provenance().definition(), node, newTable));
  }
}
