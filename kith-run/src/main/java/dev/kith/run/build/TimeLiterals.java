package dev.kith.run.build;

import dev.kith.model.type.DataType;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Instants as SQL literals. */
public final class TimeLiterals {

  private static final DateTimeFormatter LOCAL =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT);

  private TimeLiterals() {}

  public static String of(Instant instant) {
    return "TIMESTAMPTZ '" + LOCAL.format(instant.atOffset(ZoneOffset.UTC)) + "+00'";
  }

  /** Of a column's type: a local time or date is the instant's in the zone. */
  public static String of(Instant instant, DataType type, ZoneId zone) {
    if (type == DataType.Primitive.INSTANT) {
      return of(instant);
    }
    String local = LOCAL.format(instant.atZone(zone));
    return type == DataType.Primitive.DATE
        ? "DATE '" + local.substring(0, 10) + "'"
        : "TIMESTAMP '" + local + "'";
  }
}
