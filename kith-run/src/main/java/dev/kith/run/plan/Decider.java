package dev.kith.run.plan;

import dev.kith.lake.PhysicalTable;
import dev.kith.lake.ReleaseEntry;
import dev.kith.lake.Snapshot;
import dev.kith.model.TableName;
import dev.kith.run.graph.Fingerprints;
import dev.kith.run.graph.Layouts;
import dev.kith.run.graph.Node;
import dev.kith.run.graph.Sampling;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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
  private final ZoneId zone;
  private final boolean fullRefresh;

  /**
   * @param sampling what of sources' rows is read
   * @param fullRefresh whether tables are built although they are up to date
   */
  public Decider(Heads heads, Basis basis, Sampling sampling, ZoneId zone, boolean fullRefresh) {
    this.heads = heads;
    this.basis = basis;
    this.sampling = sampling;
    this.zone = zone;
    this.fullRefresh = fullRefresh;
  }

  /**
   * @param changing names whose rows will be others than they are now
   * @param asOf the instant of profiles, if it is known
   */
  public Verdict decide(
      Node node, Versions versions, Set<TableName> changing, Optional<Instant> asOf) {
    PhysicalTable usual = PhysicalTables.name(node.name(), Layouts.of(node));
    PhysicalTable target = basis.target(node.name(), usual);
    List<Standing> candidates = candidates(node.name(), usual, target);
    Optional<Standing> base = heads.of(target).map(head -> new Standing(target, head));
    if (fullRefresh && !candidates.isEmpty()) {
      return new Verdict.OutOfDate(new BuildReason.FullRefresh(), target, base);
    }
    for (Standing candidate : candidates) {
      if (reason(node, candidate, versions, changing, asOf).isEmpty()) {
        return new Verdict.UpToDate(candidate);
      }
    }
    BuildReason reason =
        base.or(() -> candidates.stream().findFirst())
            .flatMap(standing -> reason(node, standing, versions, changing, asOf))
            .orElseGet(() -> newTable(node.name()));
    return new Verdict.OutOfDate(reason, target, base);
  }

  /** Whether rows are what would be built now. */
  boolean isAsWanted(Node node, Standing standing, Versions versions, Optional<Instant> asOf) {
    Wanted wanted = wanted(node, versions, Optional.of(standing), asOf);
    return Decision.of(wanted, standing.snapshot().provenance()).isEmpty();
  }

  /** What the table should be made of, in terms of the snapshots that rows were made of before. */
  public Wanted wanted(
      Node node, Versions versions, Optional<Standing> before, Optional<Instant> asOf) {
    return wanted(node, versions, before, Set.of(), asOf);
  }

  private Wanted wanted(
      Node node,
      Versions versions,
      Optional<Standing> before,
      Set<TableName> without,
      Optional<Instant> asOf) {
    Set<TableName> inputs = new LinkedHashSet<>(node.inputs());
    inputs.removeAll(without);
    return new Wanted(
        sampling.fingerprint(node, Fingerprints.of(node, zone)),
        versions.inputs(inputs, before.map(standing -> standing.snapshot().provenance())),
        node.dependsOnInstant() ? asOf : Optional.empty());
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

  private Optional<BuildReason> reason(
      Node node,
      Standing standing,
      Versions versions,
      Set<TableName> changing,
      Optional<Instant> asOf) {
    Snapshot snapshot = standing.snapshot();
    Wanted wanted = wanted(node, versions, Optional.of(standing), changing, asOf);
    Optional<BuildReason> reason = Decision.of(wanted, snapshot.provenance());
    List<TableName> inputs = new ArrayList<>();
    node.inputs().stream().filter(changing::contains).forEach(inputs::add);
    if (inputs.isEmpty()
        || reason.filter(BuildReason.DefinitionChanged.class::isInstance).isPresent()) {
      return reason;
    }
    if (reason.isPresent() && reason.get() instanceof BuildReason.InputsChanged changed) {
      inputs.addAll(changed.inputs());
      inputs.sort(null);
    }
    return Optional.of(new BuildReason.InputsChanged(inputs));
  }

  private BuildReason newTable(TableName name) {
    return basis.entry(name).isPresent()
        ? new BuildReason.DefinitionChanged()
        : new BuildReason.NeverBuilt();
  }
}
