package dev.kith.cli.render;

import dev.kith.lake.Release;
import dev.kith.lake.ReleaseOrigin;
import dev.kith.lake.RunRecord;
import dev.kith.lake.RunStep;
import dev.kith.run.release.HistoryEntry;

/** How what happened in a project is called. */
final class HistoryWords {

  private HistoryWords() {}

  /** What was asked for: {@code run}, or {@code rolled back to prod:1}. */
  static String what(HistoryEntry entry) {
    return entry
        .run()
        .map(RunRecord::command)
        .orElseGet(() -> origin(entry.release().orElseThrow().origin()));
  }

  static String origin(ReleaseOrigin origin) {
    if (origin instanceof ReleaseOrigin.RolledBack back) {
      return "rolled back to " + reference(back.release());
    }
    return origin instanceof ReleaseOrigin.Promoted promoted
        ? "promoted from " + reference(promoted.release())
        : "run";
  }

  /** A release as it is called on the command line: {@code prod:12}. */
  static String reference(String release) {
    return release.replaceFirst("-0*(\\d+)-[0-9a-f]+$", ":$1");
  }

  /** How it ended: {@code published}, {@code failed (R008)}. */
  static String result(HistoryEntry entry) {
    if (entry.run().isEmpty()) {
      return "published";
    }
    RunRecord run = entry.run().get();
    return switch (run.status()) {
      case RUNNING -> "running";
      case SUCCEEDED -> run.release().isPresent() ? "published" : "nothing new";
      case FAILED -> "failed" + run.fault().map(fault -> " (" + fault.code() + ")").orElse("");
      case INTERRUPTED ->
          entry.release().map(Release::id).isPresent() ? "published, interrupted" : "interrupted";
    };
  }

  /** What a run did about a table: {@code built}, {@code update failed}. */
  static String done(RunStep step) {
    return switch (step.status()) {
      case SUCCEEDED ->
          switch (step.action()) {
            case READ -> "read";
            case BUILD -> "built";
            case UPDATE -> "updated";
            case KEEP -> "up to date";
            case CHECK -> "checked";
          };
      case FAILED -> "failed";
      case SKIPPED -> "skipped";
    };
  }
}
