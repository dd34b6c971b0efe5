package dev.kith.run.event;

import dev.kith.model.Diagnostic;
import dev.kith.model.KithException;
import dev.kith.model.TableName;
import dev.kith.run.plan.BuildReason;
import dev.kith.run.plan.Method;
import dev.kith.run.plan.Plan;
import dev.kith.run.plan.Reading;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** What happens in a run, for whoever shows it. Events of one table come in order. */
public sealed interface RunEvent {

  /**
   * A run begins.
   *
   * @param log where all that follows is written; empty where that is not possible
   */
  record Began(String run, Optional<Path> log) implements RunEvent {}

  /**
   * The run cannot begin yet.
   *
   * @param why as people are told
   */
  record Waiting(String why) implements RunEvent {}

  /**
   * Sources are read, and a day of a range is about to be built.
   *
   * @param number of the day among those that are left, from 1 on
   * @param days that are left
   */
  record DayBegan(LocalDate day, int number, int days) implements RunEvent {}

  /** Something in the definitions is odd, though the run goes on. */
  record Warned(List<Diagnostic> warnings) implements RunEvent {
    public Warned {
      warnings = List.copyOf(warnings);
    }
  }

  /** What is about to be done. */
  record Planned(Plan plan) implements RunEvent {}

  /** Work on a table begins. */
  record Started(TableName table, String activity) implements RunEvent {}

  /**
   * Work on a table goes on.
   *
   * @param fraction 0 to 1, or a negative number when not known
   */
  record Progress(TableName table, String activity, double fraction) implements RunEvent {}

  /** A table needed nothing. */
  record UpToDate(TableName table, long rows) implements RunEvent {}

  /**
   * A source was read.
   *
   * @param rows that its table holds now
   * @param warnings such as a column that is new, one sentence each
   */
  record Ingested(
      TableName source, IngestCounts counts, long rows, List<String> warnings, Duration duration)
      implements RunEvent {
    public Ingested {
      warnings = List.copyOf(warnings);
    }
  }

  /**
   * Rows of a source in one run.
   *
   * @param input where they came from: {@code 13 files}
   * @param bytes of the content of files
   */
  record IngestCounts(
      String input,
      long read,
      long added,
      long duplicates,
      long rejected,
      long deleted,
      long bytes) {}

  /**
   * A table or profile was built.
   *
   * @param reading what was read for it
   * @param bytesWritten of data files
   */
  record Built(
      TableName table,
      BuildReason reason,
      Method method,
      Reading reading,
      long rows,
      long rowsAdded,
      long rowsDeleted,
      long bytesWritten,
      Duration duration)
      implements RunEvent {}

  /**
   * The copy of a profile's events in the order of people was made, or has followed them.
   *
   * @param anew whether it was made in whole
   * @param bytesWritten of data files
   */
  record Copied(
      TableName profile,
      TableName events,
      boolean anew,
      long rows,
      long rowsAdded,
      long rowsDeleted,
      long bytesWritten,
      Duration duration)
      implements RunEvent {}

  /**
   * A table could not be brought up to date, or fails its checks.
   *
   * @param goesOn whether the run does, with what does not depend on it
   */
  record Failed(TableName table, KithException fault, boolean goesOn) implements RunEvent {}

  /**
   * Something outside failed that may be back soon; the work on the table begins again.
   *
   * @param attempt that comes next, from 2 on
   * @param attempts that are made at most
   * @param pause before it
   */
  record Retried(TableName table, KithException fault, int attempt, int attempts, Duration pause)
      implements RunEvent {}

  /** A table is not built because one that it depends on could not be. */
  record Skipped(TableName table, TableName because) implements RunEvent {}

  /**
   * The checks of a table have run, on what is to be published.
   *
   * @param results in the order of the definition
   */
  record Checked(TableName table, List<CheckResult> results, Duration duration)
      implements RunEvent {
    public Checked {
      results = List.copyOf(results);
    }
  }

  /** Readers see the run's results from now on. */
  record Published(String release) implements RunEvent {}
}
