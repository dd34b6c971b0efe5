package dev.kith.run;

import dev.kith.lake.RunLease;
import dev.kith.model.Diagnostic;
import dev.kith.run.event.RunEvent;
import dev.kith.run.event.RunListener;
import dev.kith.run.graph.Blueprint;
import dev.kith.run.plan.Versions;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Builds a range of days in order: a run for each, with a release of its own, under one lease. The
 * first run reads the sources; then it is known which days are left, and it builds the first of
 * them. The others build on what was read. Nothing but releases tells how far a range is, so it may
 * end anywhere.
 */
final class Backfill {

  private final Workspace workspace;
  private final DayRange range;
  private final RunOptions options;
  private final RunListener told;
  private final RunListener listener;
  private final Set<Diagnostic> warned = new HashSet<>();
  private @Nullable RangeProgress progress;

  Backfill(Workspace workspace, DayRange range, RunOptions options, RunListener listener) {
    this.workspace = workspace;
    this.range = range;
    this.options = options;
    this.told = listener;
    this.listener = this::tell;
  }

  BackfillReport run() {
    Instant begin = workspace.clock().instant();
    List<RunReport> runs = new ArrayList<>();
    try (RunLease lease = new LeaseQueue(workspace, listener).acquire(options.patience())) {
      runs.add(run(options.asOf(range.first()), this::first, lease));
      RangeProgress known = Objects.requireNonNull(progress);
      RunOptions others = options.withoutSources().refreshing(false);
      for (LocalDate day : known.left().stream().skip(1).toList()) {
        workspace.stopSignal().check();
        runs.add(run(others.asOf(day), (blueprint, versions, run) -> begin(day, run), lease));
      }
      Duration duration = Duration.between(begin, workspace.clock().instant());
      return new BackfillReport(known, runs, duration);
    }
  }

  private RunReport run(RunOptions day, InstantChoice choice, RunLease lease) {
    return workspace.telling(listener, run -> new Runner(workspace, day, run, choice).run(lease));
  }

  private Instant first(Blueprint blueprint, Versions versions, RunListener run) {
    progress =
        new RangeLedger(workspace, options, blueprint, versions, Set.of(), Set.of())
            .progress(range);
    return begin(progress.next(), run);
  }

  private Instant begin(LocalDate day, RunListener run) {
    List<LocalDate> left = Objects.requireNonNull(progress).left();
    if (!left.isEmpty()) {
      run.on(new RunEvent.DayBegan(day, left.indexOf(day) + 1, left.size()));
    }
    return day.atStartOfDay(workspace.project().settings().timezone()).toInstant();
  }

  /** What is odd about the definitions is told once, not each day. */
  private void tell(RunEvent event) {
    if (event instanceof RunEvent.Warned all) {
      List<Diagnostic> news = all.warnings().stream().filter(warned::add).toList();
      if (!news.isEmpty()) {
        told.on(new RunEvent.Warned(news));
      }
    } else {
      told.on(event);
    }
  }
}
