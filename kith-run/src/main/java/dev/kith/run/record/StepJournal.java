package dev.kith.run.record;

import dev.kith.lake.RunLog;
import dev.kith.lake.RunStep;
import dev.kith.lake.RunStep.Action;
import dev.kith.lake.RunStep.Status;
import dev.kith.model.FaultCategory;
import dev.kith.model.TableName;
import dev.kith.run.event.CheckResult;
import dev.kith.run.event.RunEvent;
import dev.kith.run.event.RunListener;
import dev.kith.run.plan.Plan;
import dev.kith.run.plan.Stage;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Writes into the warehouse's log what a run does about each table. What was done is written as
 * soon as it is done; that nothing had to be done, together with what follows, so that a run with
 * nothing to do costs one write.
 */
public final class StepJournal implements RunListener, AutoCloseable {

  private static final long UNKNOWN = -1;

  private final String run;
  private final ZoneId zone;
  private final RunLog log;
  private final List<RunStep> kept = new ArrayList<>();
  private Set<TableName> sources = Set.of();

  /**
   * @param run that has been recorded as started
   * @param zone in which reasons are told
   */
  public StepJournal(String run, ZoneId zone, RunLog log) {
    this.run = run;
    this.zone = zone;
    this.log = log;
  }

  @Override
  public void on(RunEvent event) {
    if (event instanceof RunEvent.Planned planned) {
      sources = sources(planned.plan());
    }
    step(event)
        .ifPresent(
            step -> {
              kept.add(step);
              if (step.action() != Action.KEEP) {
                close();
              }
            });
  }

  private static Set<TableName> sources(Plan plan) {
    return plan.stages().stream()
        .filter(Stage.Read.class::isInstance)
        .map(Stage::table)
        .collect(Collectors.toUnmodifiableSet());
  }

  private Optional<RunStep> step(RunEvent event) {
    if (event instanceof RunEvent.UpToDate done) {
      return Optional.of(
          step(done.table(), Action.KEEP, "up to date", Status.SUCCEEDED, done.rows()));
    }
    if (event instanceof RunEvent.Ingested done) {
      return Optional.of(read(done));
    }
    if (event instanceof RunEvent.Built done) {
      return Optional.of(built(done));
    }
    if (event instanceof RunEvent.Checked done) {
      return Optional.of(checked(done));
    }
    // The checks that failed have told so themselves.
    if (event instanceof RunEvent.Failed failed
        && failed.fault().category() != FaultCategory.CHECK) {
      String reason = failed.fault().code().id() + ": " + failed.fault().code().summary();
      return Optional.of(step(failed.table(), work(failed.table()), reason, Status.FAILED, 0));
    }
    if (event instanceof RunEvent.Skipped skipped) {
      String reason = "it needs " + skipped.because();
      return Optional.of(step(skipped.table(), work(skipped.table()), reason, Status.SKIPPED, 0));
    }
    return Optional.empty();
  }

  private Action work(TableName table) {
    return sources.contains(table) ? Action.READ : Action.BUILD;
  }

  private RunStep step(TableName table, Action action, String reason, Status status, long rows) {
    return new RunStep(run, table, action, reason, status, UNKNOWN, rows, 0, 0, 0, Duration.ZERO);
  }

  private RunStep read(RunEvent.Ingested done) {
    RunEvent.IngestCounts counts = done.counts();
    return new RunStep(
        run,
        done.source(),
        Action.READ,
        "new rows from " + counts.input(),
        Status.SUCCEEDED,
        counts.read(),
        done.rows(),
        counts.added(),
        counts.deleted(),
        counts.bytes(),
        done.duration());
  }

  private RunStep built(RunEvent.Built done) {
    return new RunStep(
        run,
        done.table(),
        done.method().isUpdate() ? Action.UPDATE : Action.BUILD,
        done.reason().text(zone),
        Status.SUCCEEDED,
        done.reading().rows(),
        done.rows(),
        done.rowsAdded(),
        done.rowsDeleted(),
        done.bytesWritten(),
        done.duration());
  }

  private RunStep checked(RunEvent.Checked done) {
    String counts =
        done.results().stream()
            .collect(Collectors.groupingBy(CheckResult::status, Collectors.counting()))
            .entrySet()
            .stream()
            .sorted(Map.Entry.comparingByKey())
            .map(each -> each.getValue() + " " + each.getKey().text())
            .collect(Collectors.joining(", "));
    boolean failed =
        done.results().stream().anyMatch(result -> result.status() == CheckResult.Status.FAILED);
    Status status = failed ? Status.FAILED : Status.SUCCEEDED;
    return new RunStep(
        run, done.table(), Action.CHECK, counts, status, UNKNOWN, 0, 0, 0, 0, done.duration());
  }

  /** Writes what is not written yet. */
  @Override
  public void close() {
    if (!kept.isEmpty()) {
      log.record(kept);
      kept.clear();
    }
  }
}
