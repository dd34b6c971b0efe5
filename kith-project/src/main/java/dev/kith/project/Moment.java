package dev.kith.project;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** Instants as people write them: a date, a local time, or a time with its offset. */
final class Moment {

  private Moment() {}

  /** A date is its midnight in the zone, a local time is in the zone. */
  static Optional<Instant> parse(String text, ZoneId zone) {
    String iso = text.strip().replace(' ', 'T');
    try {
      if (!iso.contains("T")) {
        return Optional.of(LocalDate.parse(iso).atStartOfDay(zone).toInstant());
      }
      boolean offset = iso.matches(".*(Z|[+-][0-9]{2}(:?[0-9]{2})?)");
      return Optional.of(
          offset
              ? OffsetDateTime.parse(iso).toInstant()
              : LocalDateTime.parse(iso).atZone(zone).toInstant());
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
