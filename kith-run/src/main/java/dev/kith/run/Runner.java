package dev.kith.run;

import dev.kith.engine.WriteOutcome;
import dev.kith.lake.LakeTable;
import dev.kith.lake.NewRelease;
import dev.kith.lake.ProjectLock;
import dev.kith.lake.Provenance;
import dev.kith.lake.Publication;
import dev.kith.lake.Release;
import dev.kith.lake.ReleaseEntry;
import dev.kith.lake.RunRecord;
import dev.kith.lake.Snapshot;
import dev.kith.lake.TableLayout;
import dev.kith.model.KithException;
import dev.kith.model.Problems;
import dev.kith.model.TableName;
import dev.kith.run.build.Building;
import dev.kith.run.build.ProfileBuilder;
import dev.kith.run.build.SourceStage;
import dev.kith.run.build.TableBuilder;
import dev.kith.run.check.Checks;
import dev.kith.run.event.RunEvent;
import dev.kith.run.event.RunListener;
import dev.kith.run.fault.RunCode;
import dev.kith.run.graph.Blueprint;
import dev.kith.run.graph.Fingerprints;
import dev.kith.run.graph.Layouts;
import dev.kith.run.graph.Node;
import dev.kith.run.plan.BuildReason;
import dev.kith.run.plan.Decision;
import dev.kith.run.plan.PhysicalTables;
import dev.kith.run.plan.Versions;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * One run: everything is validated, then sources are read, then what is out of date is built in
 * order, and at the very end one release makes all of it visible. Whatever fails before that leaves
 * readers with the release they had.
 */
final class Runner {

  private static final DateTimeFormatter RUN_TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Workspace workspace;
  private final RunOptions options;
  private final RunListener listener;
  private final String run;
  private int read;
  private int built;
  private int upToDate;

  Runner(Workspace workspace, RunOptions options, RunListener listener) {
    this.workspace = workspace;
    this.options = options;
    this.listener =
        event -> {
          synchronized (listener) {
            listener.on(event);
          }
        };
    this.run =
        RUN_TIME.format(workspace.clock().instant())
            + "-"
            + UUID.randomUUID().toString().substring(0, 8);
  }

  RunReport run() {
    Instant begin = workspace.clock().instant();
    try (ProjectLock lock = ProjectLock.acquire(workspace.folder(), workspace.clock())) {
      Problems problems = new Problems();
      problems.addAll(workspace.faultsOfReading());
      Blueprint blueprint = workspace.validation(problems).blueprint();
      problems.throwIfErrors();
      if (!problems.isEmpty()) {
        listener.on(new RunEvent.Warned(problems.all()));
      }
      return recorded(blueprint, begin);
    }
  }

  private RunReport recorded(Blueprint blueprint, Instant begin) {
    workspace.warehouse().runs().started(run, Versioning.kith(), workspace.engine().name());
    boolean done = false;
    try {
      RunReport report = build(blueprint, begin);
      done = true;
      return report;
    } finally {
      workspace
          .warehouse()
          .runs()
          .finished(run, done ? RunRecord.Status.SUCCEEDED : RunRecord.Status.FAILED);
    }
  }

  private RunReport build(Blueprint blueprint, Instant begin) {
    Optional<Release> before = workspace.warehouse().releases().current(Release.PRODUCTION);
    before.ifPresent(workspace.warehouse().releases()::mirror);
    Versions versions = new Versions(workspace.warehouse());
    Map<TableName, ReleaseEntry> entries = new LinkedHashMap<>();
    SourceStage sources =
        new SourceStage(workspace.surroundings(), run, listener, versions, entries);
    for (Node.SourceNode source : blueprint.sources()) {
      if (sources.ingest(source)) {
        read++;
      }
    }
    Instant asOf = AsOf.decide(workspace, options, blueprint, versions);
    Building building =
        new Building(
            workspace.warehouse(),
            workspace.engine(),
            workspace.project().settings().timezone(),
            run,
            asOf,
            blueprint.relations(),
            versions,
            listener);
    for (Node node : blueprint.nodes()) {
      if (!(node instanceof Node.SourceNode)) {
        entries.put(node.name(), derive(node, building, versions, before));
      }
    }
    Optional<Release> published = publish(before, entries);
    boolean profiles = blueprint.nodes().stream().anyMatch(Node.ProfileNode.class::isInstance);
    return new RunReport(
        run,
        profiles ? Optional.of(asOf) : Optional.empty(),
        published,
        read,
        built,
        upToDate,
        Duration.between(begin, workspace.clock().instant()));
  }

  private ReleaseEntry derive(
      Node node, Building building, Versions versions, Optional<Release> before) {
    TableLayout layout = Layouts.of(node);
    LakeTable table = PhysicalTables.open(workspace.warehouse(), node.name(), layout);
    Optional<Snapshot> head = table.head();
    Decision.Wanted wanted =
        new Decision.Wanted(
            Fingerprints.of(node, building.zone()),
            versions.inputs(node.inputs(), head.map(Snapshot::provenance)),
            dependsOnInstant(node) ? Optional.of(building.asOf()) : Optional.empty());
    boolean published = before.flatMap(release -> release.entry(node.name())).isPresent();
    Optional<BuildReason> reason = Decision.of(wanted, head, published, options.fullRefresh());
    if (reason.isEmpty()) {
      upToDate++;
      listener.on(new RunEvent.UpToDate(node.name(), head.orElseThrow().totals().rows()));
    } else {
      built++;
      build(node, building, table, reason.get(), wanted.provenance(run));
    }
    Snapshot now = table.head().orElseThrow();
    versions.put(node.name(), table.name(), now, false);
    ReleaseEntry.Kind kind =
        node instanceof Node.ProfileNode ? ReleaseEntry.Kind.PROFILE : ReleaseEntry.Kind.TABLE;
    ReleaseEntry entry =
        new ReleaseEntry(
            table.name(), now.id(), table.schema(now.id()), kind, Fingerprints.checks(node));
    boolean known =
        before.flatMap(release -> release.entry(node.name())).equals(Optional.of(entry));
    if (!known && node instanceof Node.TableNode built) {
      new Checks(building).run(built);
    }
    return entry;
  }

  private static boolean dependsOnInstant(Node node) {
    return node instanceof Node.ProfileNode
        || (node instanceof Node.TableNode table && table.query().usesAsOf());
  }

  private void build(
      Node node, Building building, LakeTable table, BuildReason reason, Provenance provenance) {
    Instant begin = workspace.clock().instant();
    WriteOutcome outcome =
        node instanceof Node.ProfileNode profile
            ? new ProfileBuilder(building).build(profile, table, provenance)
            : new TableBuilder(building).build((Node.TableNode) node, table, reason, provenance);
    listener.on(
        new RunEvent.Built(
            node.name(),
            reason,
            table.head().orElseThrow().totals().rows(),
            outcome.rowsAdded(),
            outcome.rowsDeleted(),
            Duration.between(begin, workspace.clock().instant())));
  }

  /** Makes the results visible, unless they are what readers see already. */
  private Optional<Release> publish(
      Optional<Release> before, Map<TableName, ReleaseEntry> entries) {
    if (before.isPresent() && before.get().entries().equals(new java.util.TreeMap<>(entries))) {
      return Optional.empty();
    }
    Publication publication =
        workspace
            .warehouse()
            .releases()
            .publish(
                new NewRelease(
                    Release.PRODUCTION,
                    before.map(Release::id),
                    entries,
                    run,
                    workspace.clock().instant()));
    if (!(publication instanceof Publication.Published published)) {
      throw KithException.outside(
              RunCode.PUBLISHED_MEANWHILE,
              workspace.project().settings().name(),
              "Cannot publish: another run has published meanwhile",
              null)
          .withHelp("run again; it builds on what the other has published");
    }
    workspace.warehouse().releases().mirror(published.release());
    listener.on(new RunEvent.Published(published.release().id()));
    return Optional.of(published.release());
  }
}
