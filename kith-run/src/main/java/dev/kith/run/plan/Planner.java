package dev.kith.run.plan;

import dev.kith.lake.ReleaseEntry;
import dev.kith.lake.Warehouse;
import dev.kith.model.KithException;
import dev.kith.model.TableName;
import dev.kith.run.fault.RunCode;
import dev.kith.run.graph.Blueprint;
import dev.kith.run.graph.CheckedTable;
import dev.kith.run.graph.Fingerprints;
import dev.kith.run.graph.Node;
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

/**
 * Works out what a run would do, from metadata alone. What sources have to offer is not read: where
 * that decides, the plan says so.
 */
public final class Planner {

  private final Blueprint blueprint;
  private final Warehouse warehouse;
  private final Set<TableName> selected;
  private final Basis basis;
  private final Optional<Instant> asOf;
  private final Heads heads;
  private final Decider decider;
  private final Versions versions;
  private final Methods methods;
  private final Estimates estimates;
  private final EventCopies copies;

  /** Names whose rows will change. */
  private final Set<TableName> changing = new HashSet<>();

  /** Names whose rows will change if certain sources have something new. */
  private final Map<TableName, SortedSet<TableName>> depending = new TreeMap<>();

  private final List<Stage> stages = new ArrayList<>();

  /**
   * @param selected what is to be brought up to date
   * @param versions of the relations of sources, as they are now; takes those of tables
   * @param zone the project's
   * @param strategy that was asked for
   * @param estimates how long builds take
   * @param copies of events that profiles ask for
   */
  public Planner(
      Blueprint blueprint,
      Warehouse warehouse,
      Set<TableName> selected,
      Basis basis,
      Optional<Instant> asOf,
      Heads heads,
      Decider decider,
      Versions versions,
      ZoneId zone,
      Optional<Strategy> strategy,
      Estimates estimates,
      EventCopies copies) {
    this.blueprint = blueprint;
    this.warehouse = warehouse;
    this.selected = selected;
    this.basis = basis;
    this.asOf = asOf;
    this.heads = heads;
    this.decider = decider;
    this.versions = versions;
    this.methods = new Methods(warehouse, versions, zone, strategy);
    this.estimates = estimates;
    this.copies = copies;
  }

  /**
   * The plan.
   *
   * @param reads what each selected source has to offer
   */
  public Plan plan(String environment, Map<TableName, Stage.Read> reads) {
    for (Node node : blueprint.nodes()) {
      if (!selected.contains(node.name())) {
        leave(node);
      } else if (node instanceof Node.SourceNode source) {
        read(source, reads.get(node.name()));
      } else {
        derive(node);
      }
    }
    List<TableName> gone = gone();
    for (TableName name : gone) {
      stages.add(new Stage.Drop(name, List.of()));
    }
    return new Plan(
        environment,
        basis.parent(),
        asOf,
        stages,
        new ReaderChanges(blueprint, warehouse, basis.compared()).of(selected, gone));
  }

  private void leave(Node node) {
    Released.note(Released.entries(node, blueprint, basis), versions);
    stages.add(new Stage.Leave(node.name()));
  }

  private void read(Node.SourceNode source, Stage.@org.jspecify.annotations.Nullable Read read) {
    if (read == null) {
      throw KithException.bug(
          RunCode.INTERNAL,
          source.name().toString(),
          "Cannot plan a source: " + source.name(),
          null);
    }
    stages.add(read);
    Set<TableName> relations = new TreeSet<>();
    blueprint.relations().ownedBy(source.name()).forEach(relations::add);
    if (read.certain().isEmpty()) {
      relations.forEach(name -> depending.put(name, new TreeSet<>(Set.of(source.name()))));
    } else if (read.certain().get()) {
      changing.addAll(relations);
    }
    relations.stream().filter(name -> !versions.has(name)).forEach(changing::add);
  }

  private void derive(Node node) {
    Selection.requireInputs(node, name -> versions.has(name) || changing.contains(name));
    Verdict verdict = decider.decide(node, versions, changing, asOf);
    SortedSet<TableName> unless = new TreeSet<>();
    node.inputs().forEach(input -> unless.addAll(depending.getOrDefault(input, new TreeSet<>())));
    if (!unless.isEmpty()) {
      depending.put(node.name(), unless);
    }
    if (verdict instanceof Verdict.UpToDate upToDate) {
      versions.put(node.name(), upToDate.standing().version(), false);
      stages.add(
          new Stage.Keep(
              node.name(),
              upToDate.standing().snapshot().totals().rows(),
              isSeen(node, upToDate.standing()),
              unless,
              upToDate.unaffectedBy(),
              checksThatChanged(node),
              copies(node)));
      return;
    }
    Verdict.OutOfDate outOfDate = (Verdict.OutOfDate) verdict;
    Choice choice = methods.choose(node, outOfDate, changing, asOf);
    Method method = choice.method();
    Reading reading = methods.reading(node, method, outOfDate.base(), heads, changing);
    boolean isKnown = node.inputs().stream().noneMatch(changing::contains);
    Optional<Reading> known = isKnown ? Optional.of(reading) : Optional.empty();
    stages.add(
        new Stage.Build(
            node.name(),
            outOfDate.reason(),
            method,
            choice.costs(),
            known,
            estimates.of(node.name(), method, known),
            checks(node),
            copies(node)));
    changing.add(node.name());
    // Others can tell from the rows of now about how many it will have.
    outOfDate.base().ifPresent(base -> versions.put(node.name(), base.version(), false));
  }

  /** The events of which a profile's copies are other than they will be. */
  private List<TableName> copies(Node node) {
    return node instanceof Node.ProfileNode profile && basis.isProduction()
        ? copies.of(profile).stream()
            .filter(wanted -> !isStanding(wanted))
            .map(EventCopies.Wanted::relation)
            .toList()
        : List.of();
  }

  private boolean isStanding(EventCopies.Wanted wanted) {
    TableName events = wanted.relation();
    return !changing.contains(events)
        && versions.has(events)
        && copies
            .newest(wanted)
            .filter(copy -> EventCopies.isOf(wanted, copy, versions.get(events).snapshot()))
            .isPresent();
  }

  private boolean isSeen(Node node, Standing standing) {
    return basis
        .parent()
        .flatMap(release -> release.entry(node.name()))
        .filter(entry -> entry.version().equals(standing.version()))
        .isPresent();
  }

  /** Of rows that stay: those that were not held to these checks. */
  private int checksThatChanged(Node node) {
    Optional<CheckedTable> checked = Optional.ofNullable(blueprint.checks().get(node.name()));
    if (checked.isEmpty() || (checked.get().dependsOnInstant() && asOf.isEmpty())) {
      return 0;
    }
    Optional<String> wanted = Fingerprints.checks(checked, asOf.orElse(Instant.EPOCH));
    return basis.entry(node.name()).flatMap(ReleaseEntry::checks).equals(wanted) ? 0 : checks(node);
  }

  private static int checks(Node node) {
    return node.definition().checks().size();
  }

  /** Names that readers see and that nothing defines any more; they go only with a whole run. */
  private List<TableName> gone() {
    if (selected.size() < blueprint.nodes().size()) {
      return List.of();
    }
    return basis.entries(name -> true).keySet().stream()
        .filter(name -> blueprint.relations().find(name).isEmpty())
        .toList();
  }
}
