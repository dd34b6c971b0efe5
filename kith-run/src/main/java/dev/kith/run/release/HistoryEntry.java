package dev.kith.run.release;

import dev.kith.lake.Release;
import dev.kith.lake.RunRecord;
import dev.kith.lake.RunStep;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Something that happened in an environment: a run, with the release that it published if there was
 * anything new, or a release that no run made. One of the two is always there.
 *
 * @param steps what the run did about each table, in order
 */
public record HistoryEntry(
    Optional<RunRecord> run, Optional<Release> release, List<RunStep> steps) {

  public HistoryEntry {
    if (run.isEmpty() && release.isEmpty()) {
      throw new IllegalArgumentException("Cannot tell of neither a run nor a release");
    }
    steps = List.copyOf(steps);
  }

  /** When the run began, or the release was published. */
  public Instant at() {
    return run.map(RunRecord::startedAt).orElseGet(() -> release.orElseThrow().createdAt());
  }

  /** Who did it; empty if not known. */
  public String by() {
    return run.map(RunRecord::by).orElseGet(() -> release.orElseThrow().by());
  }

  /** How long the run took, if it has ended in order. */
  public Optional<Duration> duration() {
    return run.flatMap(
        known -> known.finishedAt().map(end -> Duration.between(known.startedAt(), end)));
  }
}
