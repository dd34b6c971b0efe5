package dev.kith.run;

import dev.kith.lake.LakeCode;
import dev.kith.lake.NewRelease;
import dev.kith.lake.Publication;
import dev.kith.lake.Release;
import dev.kith.lake.ReleaseEntry;
import dev.kith.lake.Releases;
import dev.kith.lake.RunEnd;
import dev.kith.lake.RunLease;
import dev.kith.lake.RunLog;
import dev.kith.lake.RunRecord;
import dev.kith.lake.RunRecord.Status;
import dev.kith.lake.RunStart;
import dev.kith.model.KithException;
import dev.kith.model.Problems;
import dev.kith.model.TableName;
import dev.kith.model.definition.ProjectSettings;
import dev.kith.run.attempt.Attempts;
import dev.kith.run.event.RunEvent;
import dev.kith.run.event.RunListener;
import dev.kith.run.fault.RunCode;
import dev.kith.run.graph.Blueprint;
import dev.kith.run.graph.Node;
import dev.kith.run.plan.Basis;
import dev.kith.run.plan.Plan;
import dev.kith.run.plan.Versions;
import dev.kith.run.record.RunLogFile;
import dev.kith.run.record.StepJournal;
import dev.kith.run.release.ProjectReleases;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/**
 * One run: everything is validated, then sources are read, then what is out of date is built in
 * order, and at the very end one release makes all of it visible. Whatever fails before that leaves
 * readers with the release they had.
 */
final class Runner {

  private final Workspace workspace;
  private final RunOptions options;
  private final RunListener listener;
  private final InstantChoice choice;
  private final String run;
  private final Instant begin;

  Runner(Workspace workspace, RunOptions options, RunListener listener) {
    this(
        workspace,
        options,
        listener,
        (blueprint, versions, run) -> AsOf.decide(workspace, options, blueprint, versions));
  }

  Runner(Workspace workspace, RunOptions options, RunListener listener, InstantChoice choice) {
    this.workspace = workspace;
    this.options = options;
    this.listener =
        event -> {
          synchronized (listener) {
            listener.on(event);
          }
        };
    this.choice = choice;
    this.run = RunName.next(workspace.clock());
    this.begin = workspace.clock().instant();
  }

  RunReport run() {
    try (RunLease lease = new LeaseQueue(workspace, listener).acquire(options.patience())) {
      return run(lease);
    } catch (KithException fault) {
      throw workspace.stopSignal().reason(fault);
    }
  }

  /** As {@link #run()}, by somebody who has the lease. */
  RunReport run(RunLease lease) {
    try (RunLogFile file = RunLogFile.create(workspace.folder(), run, workspace.clock())) {
      listener.on(new RunEvent.Began(run, file.path()));
      return logged(lease, file);
    } catch (KithException fault) {
      throw workspace.stopSignal().reason(fault);
    }
  }

  private RunReport logged(RunLease lease, RunLogFile file) {
    RunListener both = bothOf(file, listener);
    try {
      workspace.releases().requireNotPaused(options.environment());
      Problems problems = new Problems();
      Attempts attempts = attempts(both);
      Blueprint blueprint = workspace.blueprint(problems, attempts);
      if (!problems.isEmpty()) {
        both.on(new RunEvent.Warned(problems.all()));
      }
      RunReport report = recorded(blueprint, lease, both);
      file.ended(report.duration());
      return report;
    } catch (RuntimeException fault) {
      file.failed(fault);
      throw fault;
    }
  }

  private Attempts attempts(RunListener told) {
    return new Attempts(
        workspace.project().settings().retries(),
        new Random(run.hashCode()),
        workspace.stopSignal(),
        told);
  }

  private RunReport recorded(Blueprint blueprint, RunLease lease, RunListener told) {
    RunLog log = workspace.warehouse().runs();
    log.started(
        new RunStart(
            run,
            workspace.environment(),
            "run",
            ProjectReleases.user(),
            Versioning.kith(),
            workspace.engine().version(),
            Optional.empty()));
    RunEnd end = new RunEnd(Status.FAILED, Optional.empty(), Optional.empty());
    try (StepJournal journal =
        new StepJournal(run, workspace.project().settings().timezone(), log)) {
      RunReport report = build(blueprint, bothOf(journal, told));
      journal.close();
      end = RunEnd.succeeded(report.release().map(Release::id));
      return report;
    } catch (KithException e) {
      KithException fault = reason(workspace.stopSignal().reason(e), lease);
      end = end(fault);
      throw fault;
    } finally {
      log.finished(run, end);
    }
  }

  /** Whoever meets what another run has done has lost the lease to it, and is told so. */
  private static KithException reason(KithException fault, RunLease lease) {
    if (fault.code() == LakeCode.CONFLICT || fault.code() == RunCode.PUBLISHED_MEANWHILE) {
      try {
        lease.check();
      } catch (KithException lost) {
        return lost;
      }
    }
    return fault;
  }

  private static RunEnd end(KithException fault) {
    Status status = fault.code() == RunCode.STOPPED ? Status.INTERRUPTED : Status.FAILED;
    String message = Objects.requireNonNullElse(fault.getMessage(), "");
    return new RunEnd(
        status, Optional.empty(), Optional.of(new RunRecord.Fault(fault.code().id(), message)));
  }

  private static RunListener bothOf(RunListener first, RunListener second) {
    return event -> {
      synchronized (first) {
        first.on(event);
        second.on(event);
      }
    };
  }

  private RunReport build(Blueprint blueprint, RunListener listener) {
    Releases releases = workspace.warehouse().releases();
    Basis basis = workspace.basis();
    Optional<Release> before = basis.parent();
    before.ifPresent(releases::mirror);
    options
        .pinned()
        .ifPresent(
            pinned ->
                pinned.check(
                    workspace.project().settings().name(),
                    before,
                    blueprint,
                    workspace.project().settings().timezone()));
    Plan plan = new Planning(workspace, blueprint, options).plan();
    listener.on(new RunEvent.Planned(plan));
    Execution execution =
        new Execution(
            workspace.surroundings(),
            blueprint,
            workspace.uses(blueprint),
            workspace.definitions(),
            plan,
            basis,
            options,
            run,
            listener,
            attempts(listener));
    Versions versions = Phases.during("sources", execution::readSources);
    Instant asOf = choice.of(blueprint, versions, listener);
    workspace.warehouse().runs().decided(run, asOf);
    Map<TableName, ReleaseEntry> entries =
        new TreeMap<>(Phases.during("tables", () -> execution.build(asOf)));
    if (!options.selection().isAll()) {
      basis
          .entries(name -> blueprint.relations().find(name).isPresent())
          .forEach(entries::putIfAbsent);
    }
    workspace.stopSignal().check(); // the last moment: what is published cannot be unsaid
    Optional<Release> published = publish(basis, entries, listener);
    if (!basis.isProduction()) {
      releases.expire(workspace.environment(), Optional.of(expiry()));
    }
    workspace.warehouse().rememberHeads();
    workspace.answers().write();
    boolean profiles = blueprint.nodes().stream().anyMatch(Node.ProfileNode.class::isInstance);
    return new RunReport(
        run,
        profiles ? Optional.of(asOf) : Optional.empty(),
        published,
        execution.sourcesRead(),
        execution.tablesBuilt(),
        execution.tablesUpToDate(),
        Duration.between(begin, workspace.clock().instant()));
  }

  private Instant expiry() {
    ProjectSettings settings = workspace.project().settings();
    return settings.environment().expiry(workspace.clock().instant(), settings.timezone());
  }

  /** Makes the results visible, unless they are what readers see already. */
  private Optional<Release> publish(
      Basis basis, Map<TableName, ReleaseEntry> entries, RunListener listener) {
    Optional<Release> before = basis.parent();
    Optional<String> base = basis.production().map(Release::id);
    if (before.isPresent()
        && before.get().entries().equals(entries)
        && before.get().base().equals(base)) {
      return Optional.empty();
    }
    Releases releases = workspace.warehouse().releases();
    NewRelease release =
        new NewRelease(
                workspace.environment(),
                before.map(Release::id),
                entries,
                run,
                workspace.clock().instant())
            .by(ProjectReleases.user());
    Publication publication = releases.publish(base.map(release::basedOn).orElse(release));
    if (!(publication instanceof Publication.Published published)) {
      throw KithException.outside(
              RunCode.PUBLISHED_MEANWHILE,
              workspace.project().settings().name(),
              "Cannot publish: another run has published meanwhile",
              null)
          .withHelp("run again; it builds on what the other has published");
    }
    releases.mirror(published.release());
    listener.on(new RunEvent.Published(published.release().id()));
    return Optional.of(published.release());
  }
}
