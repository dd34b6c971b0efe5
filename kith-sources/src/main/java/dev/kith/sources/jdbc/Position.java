package dev.kith.sources.jdbc;

import dev.kith.model.KithException;
import dev.kith.sources.fault.SourceCode;
import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A value of a cursor column: a number (BigDecimal), LocalDate, LocalDateTime or Instant. As text
 * it carries its kind.
 */
final class Position implements Comparable<Position> {

  private static final Pattern DURATION = Pattern.compile("([0-9]+)\\s*(s|m|h|d|w)");

  private final Object value;

  private Position(Object value) {
    this.value = value;
  }

  static Position of(Object read) {
    return new Position(JdbcColumn.comparable(read));
  }

  static Position parse(String text) {
    String rest = text.substring(2);
    return new Position(
        switch (text.charAt(0)) {
          case 'n' -> new BigDecimal(rest);
          case 'd' -> LocalDate.parse(rest);
          case 'l' -> LocalDateTime.parse(rest);
          case 'i' -> Instant.parse(rest);
          default -> throw new IllegalArgumentException("Cannot read a position: " + text);
        });
  }

  String text() {
    String kind =
        value instanceof BigDecimal
            ? "n:"
            : value instanceof LocalDate ? "d:" : value instanceof LocalDateTime ? "l:" : "i:";
    return kind + (value instanceof BigDecimal number ? number.toPlainString() : value);
  }

  @Override
  public int compareTo(Position other) {
    if (value instanceof BigDecimal a && other.value instanceof BigDecimal b) {
      return a.compareTo(b);
    }
    if (value instanceof LocalDate a && other.value instanceof LocalDate b) {
      return a.compareTo(b);
    }
    if (value instanceof LocalDateTime a && other.value instanceof LocalDateTime b) {
      return a.compareTo(b);
    }
    if (value instanceof Instant a && other.value instanceof Instant b) {
      return a.compareTo(b);
    }
    throw new IllegalStateException("Cannot compare " + text() + " to " + other.text());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Position that && text().equals(that.text());
  }

  @Override
  public int hashCode() {
    return text().hashCode();
  }

  /**
   * The position earlier by a number, or a duration like {@code 2h}.
   *
   * @param source for messages
   */
  Position back(String lookback, String source) {
    String text = lookback.strip().toLowerCase(Locale.ROOT);
    Matcher duration = DURATION.matcher(text);
    if (value instanceof BigDecimal number && text.matches("[0-9]+(\\.[0-9]+)?")) {
      return new Position(number.subtract(new BigDecimal(text)));
    }
    if (!(value instanceof BigDecimal) && duration.matches()) {
      Duration back = duration(Long.parseLong(duration.group(1)), duration.group(2));
      if (value instanceof LocalDate date) {
        return new Position(date.atStartOfDay().minus(back).toLocalDate());
      }
      return value instanceof LocalDateTime local
          ? new Position(local.minus(back))
          : new Position(((Instant) value).minus(back));
    }
    throw KithException.project(
            SourceCode.BAD_OPTION,
            source,
            "Cannot look back by '%s' in the cursor of '%s'".formatted(lookback, source))
        .withHelp("A number for a number, a duration like '2h' or '3d' for a time");
  }

  private static Duration duration(long count, String unit) {
    return switch (unit) {
      case "s" -> Duration.ofSeconds(count);
      case "m" -> Duration.ofMinutes(count);
      case "h" -> Duration.ofHours(count);
      case "d" -> Duration.ofDays(count);
      default -> Duration.ofDays(7 * count);
    };
  }

  void bind(PreparedStatement statement, int parameter, boolean utcTimestamps) throws SQLException {
    if (value instanceof BigDecimal number) {
      statement.setBigDecimal(parameter, number);
    } else if (value instanceof Instant instant) {
      statement.setObject(
          parameter,
          utcTimestamps
              ? LocalDateTime.ofInstant(instant, ZoneOffset.UTC)
              : instant.atOffset(ZoneOffset.UTC));
    } else {
      statement.setObject(parameter, value);
    }
  }
}
