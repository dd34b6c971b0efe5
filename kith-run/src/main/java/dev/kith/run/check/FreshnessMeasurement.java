package dev.kith.run.check;

import dev.kith.model.definition.Expectation;
import dev.kith.model.type.Column;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The newest time of a column is not too old, seen from the run's as-of instant: so the same rows
 * give the same answer whenever a run is repeated, and a data set that ended long ago can be fresh.
 */
final class FreshnessMeasurement implements Measurement {

  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);

  private final Measuring measuring;
  private final Expectation.Freshness expected;
  private final Column column;
  private final int newest;

  FreshnessMeasurement(Measuring measuring, Expectation.Freshness expected) {
    this.measuring = measuring;
    this.expected = expected;
    this.column = measuring.column(expected.column());
    this.newest = measuring.scan().ask("max(" + column.quotedName() + ")");
  }

  @Override
  public Finding take() {
    ZoneId zone = measuring.building().zone();
    Instant asOf = measuring.building().asOf();
    Instant oldest = expected.within().farEnd(asOf, zone);
    @Nullable Object value = measuring.scan().answer(newest);
    if (value == null) {
      return Finding.ofValue(
          false, "", ">= " + oldest, "no row has a '" + column.name() + "'", List.of());
    }
    Instant found = instant(value, zone);
    boolean fresh = !found.isBefore(oldest);
    String message = "the newest '" + column.name() + "' is " + FORMAT.format(found.atZone(zone));
    return Finding.ofValue(
        fresh,
        found.toString(),
        ">= " + oldest,
        fresh
            ? message
            : message
                + "; it may be "
                + expected.within().text()
                + " old at "
                + FORMAT.format(asOf.atZone(zone)),
        List.of());
  }

  private static Instant instant(Object value, ZoneId zone) {
    if (value instanceof Instant instant) {
      return instant;
    }
    return value instanceof LocalDateTime local
        ? local.atZone(zone).toInstant()
        : ((LocalDate) value).atStartOfDay(zone).toInstant();
  }
}
