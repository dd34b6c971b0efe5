package dev.kith.run;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.UUID;

/** Names what is done once, by its time and by chance: {@code 20260131T120000-1f3a9c2e}. */
final class RunName {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private RunName() {}

  static String next(Clock clock) {
    return firstOf(clock.instant()) + "-" + UUID.randomUUID().toString().substring(0, 8);
  }

  /**
   * By the order of texts, names of what was done earlier come before this, all others after it.
   */
  static String firstOf(Instant instant) {
    return TIME.format(instant);
  }
}
