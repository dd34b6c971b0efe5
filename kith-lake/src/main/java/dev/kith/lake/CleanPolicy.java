package dev.kith.lake;

import java.time.Duration;
import java.util.Set;

/**
 * What cleaning leaves alone.
 *
 * @param keep for how long a release stays after another has taken its place
 * @param atLeast so many releases of each environment stay however old they are, one or more
 * @param wanted physical tables that stay though no release holds them, such as those that sources
 *     and definitions of now write to; any other is dropped
 * @param grace how old a file must be that nothing refers to
 * @param dryRun only say what would go
 */
public record CleanPolicy(
    Duration keep, int atLeast, Set<PhysicalTable> wanted, Duration grace, boolean dryRun) {

  public CleanPolicy {
    if (keep.isNegative() || atLeast < 1 || grace.isNegative()) {
      throw new IllegalArgumentException(
          "Cannot clean by a policy that keeps %s, at least %d, with grace %s"
              .formatted(keep, atLeast, grace));
    }
    wanted = Set.copyOf(wanted);
  }
}
