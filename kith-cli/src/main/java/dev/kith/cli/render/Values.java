package dev.kith.cli.render;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Values as a person reads them, and as a program does. */
public final class Values {

  static final String NOTHING = "·";

  private static final DateTimeFormatter TO_THE_SECOND =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);
  private static final DateTimeFormatter TO_THE_MICROSECOND =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT);

  private final ZoneId zone;

  /**
   * @param zone in which instants are shown to people
   */
  public Values(ZoneId zone) {
    this.zone = zone;
  }

  /** On one line; instants in the zone, doubles to six digits. */
  public String readable(@Nullable Object value) {
    if (value == null) {
      return NOTHING;
    }
    if (value instanceof Instant instant) {
      return local(instant.atZone(zone).toLocalDateTime());
    }
    if (value instanceof LocalDateTime local) {
      return local(local);
    }
    if (value instanceof Double || value instanceof Float) {
      return number(((Number) value).doubleValue());
    }
    if (value instanceof List<?> list) {
      return list.stream().map(this::readable).collect(Collectors.joining(", ", "[", "]"));
    }
    if (value instanceof Map<?, ?> map) {
      return map.entrySet().stream()
          .map(entry -> readable(entry.getKey()) + ": " + readable(entry.getValue()))
          .collect(Collectors.joining(", ", "{", "}"));
    }
    return exact(value).replace('\n', ' ').replace('\r', ' ').replace('\t', ' ');
  }

  /**
   * The whole value as text that can be read back: instants in UTC as ISO 8601, bytes as Base64.
   */
  public static String exact(Object value) {
    if (value instanceof BigDecimal decimal) {
      return decimal.toPlainString();
    }
    if (value instanceof byte[] bytes) {
      return Base64.getEncoder().encodeToString(bytes);
    }
    if (value instanceof LocalTime || value instanceof LocalDateTime || value instanceof Instant) {
      return value.toString();
    }
    return String.valueOf(value);
  }

  private static String local(LocalDateTime time) {
    return time.format(
        time.equals(time.truncatedTo(ChronoUnit.SECONDS)) ? TO_THE_SECOND : TO_THE_MICROSECOND);
  }

  private static String number(double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return String.valueOf(value);
    }
    double magnitude = Math.abs(value);
    if (magnitude != 0 && (magnitude >= 1e15 || magnitude < 1e-4)) {
      return String.format(Locale.ROOT, "%.5e", value);
    }
    int decimals = magnitude >= 1000 ? 2 : 4;
    BigDecimal rounded =
        new BigDecimal(String.format(Locale.ROOT, "%." + decimals + "f", value))
            .stripTrailingZeros();
    return rounded.scale() < 0 ? rounded.setScale(0).toPlainString() : rounded.toPlainString();
  }
}
