package dev.kith.run.attempt;

import dev.kith.model.definition.ProjectSettings.Retries;
import java.time.Duration;
import java.util.Random;

/**
 * How long to wait before another attempt: twice as long each time, up to a bound, and between half
 * and all of that by chance, so that those who failed together do not come back together.
 */
final class Backoff {

  private static final Duration LONGEST = Duration.ofMinutes(1);

  private final Duration first;
  private final Random random;

  Backoff(Retries retries, Random random) {
    this.first = retries.firstWait();
    this.random = random;
  }

  /**
   * @param attempt that comes after the wait: 2 or more
   */
  Duration before(int attempt) {
    Duration bound = first.compareTo(LONGEST) > 0 ? first : LONGEST;
    Duration wait = first;
    for (int i = 2; i < attempt && wait.compareTo(bound) < 0; i++) {
      wait = wait.multipliedBy(2);
    }
    long millis = Math.min(wait.toMillis(), bound.toMillis());
    return Duration.ofMillis(millis / 2 + Math.round(random.nextDouble() * (millis - millis / 2)));
  }
}
