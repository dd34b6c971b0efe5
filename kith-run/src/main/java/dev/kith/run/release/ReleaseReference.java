package dev.kith.run.release;

import java.time.Instant;

/** Which release is meant. */
public sealed interface ReleaseReference {

  /** What readers of an environment see who ask for nothing else. */
  static ReleaseReference current(String environment) {
    return new Named(environment, "current");
  }

  /**
   * The one of that name.
   *
   * @param environment whose release is meant if the name does not say
   * @param name a number, an id, {@code current}, {@code previous}, the name of an environment for
   *     its current release, or {@code ENVIRONMENT:NAME}
   */
  record Named(String environment, String name) implements ReleaseReference {}

  /** What readers of the environment saw at an instant. */
  record SeenAt(String environment, Instant instant) implements ReleaseReference {}
}
