package dev.kith.run;

import dev.kith.engine.WriteOutcome;
import dev.kith.lake.LakeTable;
import dev.kith.lake.Provenance;
import dev.kith.lake.Release;
import dev.kith.lake.ReleaseEntry;
import dev.kith.lake.Snapshot;
import dev.kith.lake.TableVersion;
import dev.kith.model.FaultCategory;
import dev.kith.model.KithException;
import dev.kith.model.TableName;
import dev.kith.model.type.TableSchema;
import dev.kith.run.asof.Asked;
import dev.kith.run.asof.DatasetBuilder;
import dev.kith.run.asof.StandingCopies;
import dev.kith.run.attempt.Attempts;
import dev.kith.run.build.Building;
import dev.kith.run.build.CopyKeeper;
import dev.kith.run.build.ProfileBuilder;
import dev.kith.run.build.SourceStage;
import dev.kith.run.build.Surroundings;
import dev.kith.run.build.TableBuilder;
import dev.kith.run.change.DefinitionRecords;
import dev.kith.run.check.CheckStage;
import dev.kith.run.event.RunEvent;
import dev.kith.run.event.RunListener;
import dev.kith.run.fault.RunCode;
import dev.kith.run.graph.Blueprint;
import dev.kith.run.graph.Fingerprints;
import dev.kith.run.graph.Layouts;
import dev.kith.run.graph.Node;
import dev.kith.run.plan.Basis;
import dev.kith.run.plan.Decider;
import dev.kith.run.plan.EventCopies;
import dev.kith.run.plan.Heads;
import dev.kith.run.plan.InputUses;
import dev.kith.run.plan.Method;
import dev.kith.run.plan.Methods;
import dev.kith.run.plan.Plan;
import dev.kith.run.plan.Reading;
import dev.kith.run.plan.Released;
import dev.kith.run.plan.Selection;
import dev.kith.run.plan.SourcePlaces;
import dev.kith.run.plan.Stage;
import dev.kith.run.plan.Standing;
import dev.kith.run.plan.Verdict;
import dev.kith.run.plan.Versions;
import dev.kith.run.plan.Wanted;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Carries out the stages of a plan. What is built is decided once more at each stage, the same way
 * as the plan was made, with the rows that sources have brought meanwhile.
 */
final class Execution {

  private final Surroundings place;
  private final Blueprint blueprint;
  private final Plan plan;
  private final Set<TableName> left;
  private final Basis basis;
  private final RunOptions options;
  private final String run;
  private final RunListener listener;
  private final Attempts attempts;
  private final Versions versions;
  private final Heads heads;
  private final DefinitionRecords definitions;
  private final Decider decider;
  private final Methods methods;
  private final Map<TableName, ReleaseEntry> entries = new LinkedHashMap<>();
  private final Map<TableName, KithException> failed = new LinkedHashMap<>();
  private int read;
  private int built;
  private int upToDate;

  /**
   * @param uses what tables use of their inputs
   * @param definitions takes those by which tables are built
   */
  Execution(
      Surroundings place,
      Blueprint blueprint,
      InputUses uses,
      DefinitionRecords definitions,
      Plan plan,
      Basis basis,
      RunOptions options,
      String run,
      RunListener listener,
      Attempts attempts) {
    this.attempts = attempts;
    this.place = place;
    this.blueprint = blueprint;
    this.plan = plan;
    this.left =
        plan.stages().stream()
            .filter(Stage.Leave.class::isInstance)
            .map(Stage::table)
            .collect(Collectors.toSet());
    this.basis = basis;
    this.options = options;
    this.run = run;
    this.listener = listener;
    this.versions = new Versions(place.warehouse());
    this.heads = new Heads(place.warehouse());
    this.definitions = definitions;
    this.decider =
        new Decider(
            heads, basis, place.sampling(), uses, definitions, place.zone(), options.fullRefresh());
    this.methods = new Methods(place.warehouse(), versions, place.zone(), options.strategy());
  }

  int sourcesRead() {
    return read;
  }

  int tablesBuilt() {
    return built;
  }

  int tablesUpToDate() {
    return upToDate;
  }

  /** Reads the sources of the plan. */
  Versions readSources() {
    SourceStage sources =
        new SourceStage(
            place,
            new SourcePlaces(place.warehouse(), basis, place.settings()),
            definitions,
            run,
            listener,
            versions,
            entries);
    for (Node.SourceNode source : blueprint.sources()) {
      if (isLeft(source.name())) {
        leave(source);
      } else {
        attempt(
            source.name(),
            () -> {
              if (sources.ingest(source)) {
                read++;
              }
            });
      }
    }
    return versions;
  }

  /**
   * Builds what is out of date.
   *
   * @param asOf the instant of profiles
   * @return what readers will see, by name
   * @throws KithException the first fault, once everything is done that can be done
   */
  Map<TableName, ReleaseEntry> build(Instant asOf) {
    Building building =
        new Building(
            place.warehouse(),
            place.engine(),
            place.zone(),
            run,
            asOf,
            blueprint.relations(),
            versions,
            place.sampling(),
            place.environment(),
            listener,
            options.watched());
    // Results are kept before publication: what readers see has its checks on record.
    try (CheckStage checks =
        new CheckStage(
            building,
            blueprint.checks(),
            before(),
            Stream.of(basis.parent(), basis.production()).flatMap(Optional::stream).toList(),
            place.clock())) {
      for (Node node : blueprint.nodes()) {
        if (node instanceof Node.SourceNode) {
          continue;
        }
        if (isLeft(node.name())) {
          leave(node);
        } else if (!isSkipped(node)) {
          attempt(node.name(), () -> entries.put(node.name(), derive(node, building)));
        }
        for (TableName due : checks.due(entries)) {
          attempt(due, () -> checks.run(due));
        }
      }
      if (failed.isEmpty()) {
        checks.requireDone(entries);
      }
    }
    failed.values().stream()
        .findFirst()
        .ifPresent(
            fault -> {
              throw fault;
            });
    return entries;
  }

  /** A sample is compared with the sample before, all else with what it may come to replace. */
  private Optional<Release> before() {
    return place.settings().environment().sample().isPresent() ? basis.parent() : basis.compared();
  }

  private boolean isLeft(TableName name) {
    return left.contains(name);
  }

  private void leave(Node node) {
    Map<TableName, ReleaseEntry> released = Released.entries(node, blueprint, basis);
    Released.note(released, versions);
    entries.putAll(released);
  }

  private boolean isSkipped(Node node) {
    for (TableName owner : blueprint.owners(node)) {
      KithException cause = failed.get(owner);
      if (cause != null) {
        failed.put(node.name(), cause);
        listener.on(new RunEvent.Skipped(node.name(), owner));
        return true;
      }
    }
    return false;
  }

  /** Faults of Kith's own are never passed over. */
  private void attempt(TableName name, Runnable work) {
    try {
      attempts.run(name, work);
    } catch (KithException fault) {
      if (fault.code() == RunCode.STOPPED) {
        throw fault;
      }
      boolean goesOn = options.keepGoing() && fault.category() != FaultCategory.BUG;
      listener.on(new RunEvent.Failed(name, fault, goesOn));
      if (!goesOn) {
        throw fault;
      }
      failed.put(name, fault);
    }
  }

  private ReleaseEntry derive(Node node, Building building) {
    Selection.requireInputs(node, versions::has);
    Optional<Instant> asOf = Optional.of(building.asOf());
    Verdict verdict = decider.decide(node, versions, Set.of(), asOf);
    Standing standing;
    if (verdict instanceof Verdict.UpToDate done) {
      upToDate++;
      standing = done.standing();
      listener.on(new RunEvent.UpToDate(node.name(), standing.snapshot().totals().rows()));
    } else {
      standing = build(node, building, (Verdict.OutOfDate) verdict, asOf);
      built++;
    }
    versions.put(node.name(), standing.version(), false);
    if (node instanceof Node.ProfileNode profile && basis.isProduction()) {
      new CopyKeeper(building, place.clock()).keep(profile);
    }
    return entry(node, standing, building.asOf());
  }

  private ReleaseEntry entry(Node node, Standing standing, Instant asOf) {
    Snapshot snapshot = standing.snapshot();
    return new ReleaseEntry(
        standing.table(),
        snapshot.id(),
        schema(node.name(), standing.version()),
        kind(node),
        Fingerprints.checks(Optional.ofNullable(blueprint.checks().get(node.name())), asOf));
  }

  private static ReleaseEntry.Kind kind(Node node) {
    if (node instanceof Node.DatasetNode) {
      return ReleaseEntry.Kind.DATASET;
    }
    return node instanceof Node.ProfileNode ? ReleaseEntry.Kind.PROFILE : ReleaseEntry.Kind.TABLE;
  }

  /** Of what readers see, the release knows the columns. */
  private TableSchema schema(TableName name, TableVersion version) {
    return plan.parent()
        .flatMap(release -> release.entry(name))
        .filter(entry -> entry.version().equals(version))
        .map(ReleaseEntry::schema)
        .orElseGet(() -> place.warehouse().table(version.table()).schema(version.snapshotId()));
  }

  /** Those of the rows that the run has reached. */
  private StandingCopies copies(Asked asked) {
    EventCopies copies =
        new EventCopies(place.warehouse(), blueprint.relations(), place.sampling(), place.zone());
    return StandingCopies.of(
        copies, blueprint, asked, input -> Optional.of(versions.get(input).snapshot()));
  }

  private Standing build(
      Node node, Building building, Verdict.OutOfDate verdict, Optional<Instant> asOf) {
    Instant begin = place.clock().instant();
    LakeTable table = place.warehouse().openOrCreate(verdict.target(), Layouts.of(node));
    Method method = methods.choose(node, verdict, Set.of(), asOf).method();
    Wanted wanted = decider.wanted(node, versions, verdict.base(), asOf);
    Provenance provenance = wanted.provenance(run);
    Reading reading = methods.reading(node, method, verdict.base(), heads, Set.of());
    definitions.record(node, provenance.definition());
    WriteOutcome outcome;
    try {
      if (node instanceof Node.ProfileNode profile) {
        ProfileBuilder builder = new ProfileBuilder(building, options.strategy());
        ProfileBuilder.Built done = builder.build(profile, table, method, provenance);
        method = done.method();
        outcome = done.outcome();
      } else if (node instanceof Node.DatasetNode dataset) {
        outcome = new DatasetBuilder(building, this::copies).build(dataset, table, provenance);
      } else {
        outcome =
            new TableBuilder(building).build((Node.TableNode) node, table, method, provenance);
      }
    } finally {
      heads.changed(table.name()); // also where it is not known whether a commit took place
    }
    Snapshot head = table.head().orElseThrow();
    listener.on(
        new RunEvent.Built(
            node.name(),
            verdict.reason(),
            method,
            reading,
            head.totals().rows(),
            outcome.rowsAdded(),
            outcome.rowsDeleted(),
            outcome.bytesWritten(),
            Duration.between(begin, place.clock().instant())));
    return new Standing(table.name(), head);
  }
}
