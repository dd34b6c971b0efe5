package dev.kith.lake;

import java.time.Instant;
import java.util.Optional;

/** One run of a project, as it is remembered. */
public record RunRecord(
    String id,
    Instant startedAt,
    Optional<Instant> finishedAt,
    Status status,
    String kithVersion,
    String engineVersion) {

  /** How a run ended. */
  public enum Status {
    RUNNING,
    SUCCEEDED,
    FAILED,
    /** It ended without a word: killed, or the power went. */
    INTERRUPTED
  }
}
