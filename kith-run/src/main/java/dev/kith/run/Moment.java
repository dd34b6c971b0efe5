package dev.kith.run;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;

/** A point in time as people give it. */
public sealed interface Moment {

  /**
   * @param zone the project's
   */
  Instant in(ZoneId zone);

  /** A date and time in the project's zone. */
  record Local(LocalDateTime time) implements Moment {
    @Override
    public Instant in(ZoneId zone) {
      return time.atZone(zone).toInstant();
    }
  }

  /** A point in time whatever the zone. */
  record Exact(Instant instant) implements Moment {
    @Override
    public Instant in(ZoneId zone) {
      return instant;
    }
  }

  /** The start of a day. */
  static Moment startOf(LocalDate day) {
    return new Local(day.atStartOfDay());
  }

  /**
   * @param text a day, or a time with {@code Z} or without, such as {@code 2026-01-31}, {@code
   *     2026-01-31 18:00} or {@code 2026-01-31T18:00:00Z}
   * @throws DateTimeParseException if it is none of these
   */
  static Moment parse(String text) {
    if (text.length() <= "2026-01-31".length()) {
      return startOf(LocalDate.parse(text));
    }
    return text.endsWith("Z")
        ? new Exact(Instant.parse(text))
        : new Local(LocalDateTime.parse(text.replace(' ', 'T')));
  }
}
