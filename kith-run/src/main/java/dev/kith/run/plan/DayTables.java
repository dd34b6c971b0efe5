package dev.kith.run.plan;

import dev.kith.lake.Release;
import dev.kith.lake.ReleaseEntry;
import dev.kith.model.TableName;
import dev.kith.run.graph.Blueprint;
import dev.kith.run.graph.Node;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The tables that are others on each day: profiles, tables that use the instant, and what is made
 * of those. All others are the same for every day, and are compared as they are now.
 */
public final class DayTables {

  private final Blueprint blueprint;
  private final Decider decider;
  private final Heads heads;
  private final Versions versions;
  private final Set<TableName> changing;
  private final List<Node> nodes = new ArrayList<>();

  private DayTables(
      Blueprint blueprint,
      Decider decider,
      Heads heads,
      Versions versions,
      Set<TableName> changing) {
    this.blueprint = blueprint;
    this.decider = decider;
    this.heads = heads;
    this.versions = versions.copy();
    this.changing = new HashSet<>(changing);
  }

  /**
   * Those among the selected.
   *
   * @param versions of the relations of sources, as they are now
   * @param changing names whose rows will be others than they are now
   */
  public static DayTables of(
      Blueprint blueprint,
      Set<TableName> selected,
      Decider decider,
      Heads heads,
      Basis basis,
      Versions versions,
      Set<TableName> changing) {
    DayTables tables = new DayTables(blueprint, decider, heads, versions, changing);
    for (Node node : blueprint.nodes()) {
      if (!selected.contains(node.name())) {
        Released.note(Released.entries(node, blueprint, basis), tables.versions);
      } else if (!(node instanceof Node.SourceNode)) {
        tables.add(node);
      }
    }
    return tables;
  }

  private void add(Node node) {
    if (node.dependsOnInstant() || readsAny(node)) {
      nodes.add(node);
    } else if (node.inputs().stream().allMatch(this::isKnown)
        && decider.decide(node, versions, changing, Optional.empty())
            instanceof Verdict.UpToDate done) {
      versions.put(node.name(), done.standing().version(), false);
    } else {
      changing.add(node.name());
    }
  }

  private boolean readsAny(Node node) {
    return nodes.stream().anyMatch(one -> node.inputs().contains(one.name()));
  }

  private boolean isKnown(TableName name) {
    return versions.has(name) || changing.contains(name);
  }

  public boolean isEmpty() {
    return nodes.isEmpty();
  }

  /** All that they are made of in the end. */
  public SortedSet<TableName> sources() {
    SortedSet<TableName> sources = new TreeSet<>();
    for (Node node : nodes) {
      sources.addAll(blueprint.ancestors(node.name()));
    }
    sources.retainAll(blueprint.sources().stream().map(Node::name).toList());
    return sources;
  }

  /** Of which instant they are in a release, if it has them. */
  public Optional<Instant> instant(Release release) {
    return nodes.stream()
        .filter(Node::dependsOnInstant)
        .findFirst()
        .flatMap(node -> release.entry(node.name()))
        .flatMap(entry -> heads.of(entry.version()).provenance().asOf());
  }

  /** Whether all of them are in a release as they would be built now, for the same instant. */
  public boolean areAsWanted(Release release) {
    Optional<Instant> asOf = instant(release);
    Versions then = versions.copy();
    for (Node node : nodes) {
      Optional<ReleaseEntry> entry = release.entry(node.name());
      if (entry.isEmpty()
          || node.inputs().stream().anyMatch(input -> changing.contains(input) || !then.has(input))
          || !isAsWanted(node, entry.get(), then, asOf)) {
        return false;
      }
      then.put(node.name(), entry.get().version(), false);
    }
    return true;
  }

  private boolean isAsWanted(Node node, ReleaseEntry entry, Versions then, Optional<Instant> asOf) {
    return PhysicalTables.sameLayout(entry.table(), PhysicalTables.of(node))
        && decider.isAsWanted(
            node, new Standing(entry.table(), heads.of(entry.version())), then, asOf);
  }
}
