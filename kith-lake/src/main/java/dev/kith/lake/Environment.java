package dev.kith.lake;

import java.time.Instant;
import java.util.Optional;

/**
 * An environment as it is now.
 *
 * @param release what its readers see; empty before the first
 * @param publishedAt when that was published
 * @param expiresAt when cleaning may take it away with all its releases; never if empty
 * @param pause if schedules are to leave it alone
 */
public record Environment(
    String name,
    Instant createdAt,
    Optional<String> release,
    Optional<Instant> publishedAt,
    Optional<Instant> expiresAt,
    Optional<Pause> pause) {

  /** Whether it is to go. */
  public boolean isExpired(Instant now) {
    return expiresAt.isPresent() && !expiresAt.get().isAfter(now);
  }

  /**
   * Schedules leave an environment alone from a rollback on, until somebody resumes it.
   *
   * @param reason such as {@code rolled back to prod-000012-1f3a9c2e}
   */
  public record Pause(Instant since, String by, String reason) {}
}
