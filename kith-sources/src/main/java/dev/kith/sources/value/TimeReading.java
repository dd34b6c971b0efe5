package dev.kith.sources.value;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a source's dates and times are read.
 *
 * <p>A local timestamp, or a date as its midnight, becomes an instant in the source's zone as
 * {@code java.time} does it: a time that a change of clocks skips is moved forward by the gap; of a
 * time that comes twice the first is taken.
 *
 * <p>Used by one thread.
 */
public final class TimeReading {

  private final ZoneId zone;
  private final @Nullable TimeFormat format;
  private boolean cutDigits;

  /**
   * @param format of texts; ISO 8601 unless given
   */
  public TimeReading(ZoneId zone, Optional<TimeFormat> format) {
    this.zone = zone;
    this.format = format.orElse(null);
  }

  /** Whether a time so far had digits beyond microseconds, which were cut. */
  public boolean cutDigits() {
    return cutDigits;
  }

  TextTimes.@Nullable Parsed parse(String text) {
    String stripped = text.strip();
    TextTimes.Parsed parsed = format == null ? TextTimes.parse(stripped) : format.parse(stripped);
    cutDigits |= parsed != null && parsed.cut();
    return parsed;
  }

  Object toDate(Object value) {
    if (value instanceof LocalDate) {
      return value;
    }
    LocalDateTime local;
    if (value instanceof LocalDateTime dateTime) {
      local = dateTime;
    } else {
      TextTimes.Parsed parsed = value instanceof String text ? parse(text) : null;
      if (parsed == null || parsed.offset() != null) {
        return Conversion.UNFIT;
      }
      local = parsed.local();
    }
    return local.toLocalTime().equals(LocalTime.MIDNIGHT) ? local.toLocalDate() : Conversion.UNFIT;
  }

  Object toTime(Object value) {
    if (value instanceof LocalTime time) {
      return cut(time);
    }
    TextTimes.TimeOfDay parsed =
        value instanceof String text ? TextTimes.parseTime(text.strip()) : null;
    if (parsed == null) {
      return Conversion.UNFIT;
    }
    cutDigits |= parsed.cut();
    return parsed.time();
  }

  /** An instant is no local timestamp: which one would depend on a zone. */
  Object toLocal(Object value) {
    if (value instanceof LocalDateTime local) {
      return cut(local);
    }
    if (value instanceof LocalDate date) {
      return date.atStartOfDay();
    }
    TextTimes.Parsed parsed = value instanceof String text ? parse(text) : null;
    return parsed == null || parsed.offset() != null ? Conversion.UNFIT : parsed.local();
  }

  Object toInstant(Object value) {
    if (value instanceof Instant instant) {
      return cut(instant);
    }
    if (value instanceof OffsetDateTime time) {
      return cut(time.toInstant());
    }
    if (value instanceof LocalDateTime local) {
      return instantOf(cut(local));
    }
    if (value instanceof LocalDate date) {
      return instantOf(date.atStartOfDay());
    }
    TextTimes.Parsed parsed = value instanceof String text ? parse(text) : null;
    if (parsed == null) {
      return Conversion.UNFIT;
    }
    ZoneOffset offset = parsed.offset();
    LocalDateTime local = parsed.local();
    return offset == null ? instantOf(local) : local.toInstant(offset);
  }

  private Instant instantOf(LocalDateTime local) {
    // In a gap and in an overlap this is the offset before the change: what ZonedDateTime takes.
    return local.toInstant(zone.getRules().getOffset(local));
  }

  private LocalTime cut(LocalTime time) {
    LocalTime micros = time.truncatedTo(ChronoUnit.MICROS);
    cutDigits |= !micros.equals(time);
    return micros;
  }

  private LocalDateTime cut(LocalDateTime time) {
    LocalDateTime micros = time.truncatedTo(ChronoUnit.MICROS);
    cutDigits |= !micros.equals(time);
    return micros;
  }

  private Instant cut(Instant instant) {
    Instant micros = instant.truncatedTo(ChronoUnit.MICROS);
    cutDigits |= !micros.equals(instant);
    return micros;
  }
}
