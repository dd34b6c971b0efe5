package dev.kith.lake;

import java.time.Instant;
import java.util.Optional;

/**
 * One run of a project, as it is remembered.
 *
 * @param command as it was called
 * @param by the user who called it; empty if not known
 * @param asOf the instant of profiles
 * @param release what it published
 */
public record RunRecord(
    String id,
    String environment,
    String command,
    String by,
    Instant startedAt,
    Optional<Instant> finishedAt,
    Status status,
    Optional<Instant> asOf,
    Optional<String> release,
    Optional<Fault> fault,
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

  /**
   * Why a run failed.
   *
   * @param message holds no rows and nothing secret
   */
  public record Fault(String code, String message) {}
}
