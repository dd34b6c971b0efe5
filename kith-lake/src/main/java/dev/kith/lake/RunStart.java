package dev.kith.lake;

import java.time.Instant;
import java.util.Optional;

/**
 * A run that begins.
 *
 * @param command as it was called, such as {@code run --env trial}
 * @param by the user who called it
 * @param asOf the instant of profiles, if it is known already
 */
public record RunStart(
    String id,
    String environment,
    String command,
    String by,
    String kithVersion,
    String engineVersion,
    Optional<Instant> asOf) {

  public RunStart {
    EnvironmentName.check(environment);
  }
}
