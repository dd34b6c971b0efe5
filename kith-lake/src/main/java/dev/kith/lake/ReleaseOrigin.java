package dev.kith.lake;

/** How a release came about. */
public sealed interface ReleaseOrigin {

  /** A run built it. */
  record Built() implements ReleaseOrigin {}

  /** What was tested in an environment was published in production, snapshot by snapshot. */
  record Promoted(String environment, String release) implements ReleaseOrigin {}

  /** Readers were given back what an earlier release had. */
  record RolledBack(String release) implements ReleaseOrigin {}
}
