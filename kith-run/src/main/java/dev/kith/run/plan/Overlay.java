package dev.kith.run.plan;

import dev.kith.lake.Provenance;
import dev.kith.lake.Release;
import dev.kith.lake.ReleaseEntry;
import dev.kith.lake.Warehouse;
import dev.kith.model.TableName;
import dev.kith.run.graph.Blueprint;
import dev.kith.run.graph.Fingerprints;
import dev.kith.run.graph.Node;
import dev.kith.sources.SourceTables;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What production would have with an environment's tables laid over its own, and why that would not
 * fit together.
 *
 * <p>It fits if everything that the environment has built, and everything of production that reads
 * what is replaced, was made of the rows that it would stand beside. So production may have moved
 * on in all that the environment has nothing to do with.
 */
public final class Overlay {

  private final Warehouse warehouse;
  private final Basis basis;
  private final Release tested;
  private final Optional<Release> base;
  private final Blueprint blueprint;
  private final InputUses uses;
  private final ZoneId zone;
  private final Map<TableName, ReleaseEntry> before;
  private final Map<TableName, ReleaseEntry> entries;
  private final Set<TableName> replaced = new TreeSet<>();
  private final Set<TableName> dropped = new TreeSet<>();

  /**
   * @param basis of the environment, with what production has now
   * @param tested the release of the environment
   * @param base the production release that it was built on, if that is kept
   * @param blueprint of the definitions of now
   * @param uses what tables use of their inputs
   */
  public Overlay(
      Warehouse warehouse,
      Basis basis,
      Release tested,
      Optional<Release> base,
      Blueprint blueprint,
      InputUses uses,
      ZoneId zone) {
    this.warehouse = warehouse;
    this.basis = basis;
    this.tested = tested;
    this.base = base;
    this.blueprint = blueprint;
    this.uses = uses;
    this.zone = zone;
    this.before = basis.production().map(Release::entries).orElse(Map.of());
    this.entries = new TreeMap<>(before);
    tested.entries().forEach(this::put);
    base.map(Release::entries).orElse(Map.of()).keySet().forEach(this::drop);
  }

  private void put(TableName name, ReleaseEntry entry) {
    if (basis.isOwn(entry.table())) {
      entries.put(name, entry);
      replaced.add(name);
    }
  }

  private void drop(TableName name) {
    if (tested.entry(name).isEmpty() && entries.remove(name) != null) {
      dropped.add(name);
    }
  }

  /** By name, what production would have. */
  public Map<TableName, ReleaseEntry> entries() {
    return Collections.unmodifiableMap(entries);
  }

  /** Names that would mean the environment's rows. */
  public List<TableName> replaced() {
    return List.copyOf(replaced);
  }

  /** Names that would be gone. */
  public List<TableName> dropped() {
    return List.copyOf(dropped);
  }

  /** All that does not fit, for people; empty if it can be published. */
  public List<String> faults() {
    List<String> faults = new ArrayList<>();
    for (TableName name : replaced) {
      changedMeanwhile(name).ifPresent(faults::add);
      blueprint
          .node(name)
          .ifPresentOrElse(
              node -> definition(node).ifPresent(faults::add),
              () ->
                  blueprint
                      .relations()
                      .find(name)
                      .ifPresentOrElse(
                          relation -> {}, () -> faults.add("'" + name + "' is no longer defined")));
    }
    Versions versions = new Versions(warehouse);
    Released.note(entries, versions);
    Situation now = new Situation(versions, settled(versions), Set.of(), Optional.empty());
    entries.forEach((name, entry) -> faults.addAll(inputs(name, entry, now)));
    return faults;
  }

  /** Tables that were made by the definitions of now, of the rows that they would stand beside. */
  private Set<TableName> settled(Versions versions) {
    Set<TableName> settled = new TreeSet<>();
    Situation now = new Situation(versions, settled, Set.of(), Optional.empty());
    for (Node node : blueprint.nodes()) {
      ReleaseEntry entry = entries.get(node.name());
      if (entry != null
          && !(node instanceof Node.SourceNode)
          && made(entry).definition().equals(Fingerprints.of(node, zone).hex())
          && node.inputs().stream().allMatch(input -> isSame(node, input, entry, now))) {
        settled.add(node.name());
      }
    }
    return settled;
  }

  private boolean isSame(Node node, TableName input, ReleaseEntry entry, Situation now) {
    return uses.compare(node, input, made(entry), now) != Sameness.NONE;
  }

  /** Whether production's own definition was changed since the environment was built. */
  private Optional<String> changedMeanwhile(TableName name) {
    Optional<ReleaseEntry> now = Optional.ofNullable(before.get(name));
    Optional<ReleaseEntry> then = base.flatMap(release -> release.entry(name));
    if (now.isEmpty() || base.isEmpty() || now.equals(then)) {
      return Optional.empty();
    }
    boolean same =
        then.isPresent() && made(now.get()).definition().equals(made(then.get()).definition());
    return same
        ? Optional.empty()
        : Optional.of("production has another definition of '" + name + "' by now");
  }

  private Optional<String> definition(Node node) {
    ReleaseEntry entry = entries.get(node.name());
    if (entry == null) {
      return Optional.empty();
    }
    if (!made(entry).definition().equals(Fingerprints.of(node, zone).hex())) {
      return Optional.of(
          node instanceof Node.SourceNode
              ? "'" + node.name() + "' was read from elsewhere, or by another definition"
              : "'" + node.name() + "' was built by another definition");
    }
    if (node instanceof Node.SourceNode source && isReadByProduction(source)) {
      return Optional.of(
          "'"
              + node.name()
              + "' was read anew for its changed definition, while production would read only new"
              + " rows by it");
    }
    return Optional.empty();
  }

  /** Whether production goes on with rows that it has. */
  private boolean isReadByProduction(Node.SourceNode source) {
    ReleaseEntry now = before.get(SourcePlaces.rows(source.definition()));
    return now != null
        && PhysicalTables.sameLayout(now.table(), SourceTables.of(source.definition()).rows());
  }

  private List<String> inputs(TableName name, ReleaseEntry entry, Situation now) {
    Versions versions = now.versions();
    Optional<Node> node = blueprint.node(name);
    Provenance made = made(entry);
    List<String> faults = new ArrayList<>();
    for (String text : made.inputs().keySet()) {
      TableName input = TableName.parse(text);
      boolean matters =
          replaced.contains(name) || replaced.contains(input) || dropped.contains(input);
      if (matters && !versions.has(input)) {
        faults.add("'" + name + "' reads '" + input + "', which would be gone");
      } else if (matters
          && !Objects.equals(
              versions.inputs(List.of(input), Optional.of(made)).get(input),
              made.inputs().get(input.toString()))
          && node.filter(found -> isSame(found, input, entry, now)).isEmpty()) {
        faults.add("'" + name + "' was built from other rows of '" + input + "'");
      }
    }
    return faults;
  }

  private Provenance made(ReleaseEntry entry) {
    return warehouse.table(entry.table()).snapshot(entry.snapshotId()).provenance();
  }
}
