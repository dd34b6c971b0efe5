package dev.kith.model.definition;

import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A half-open stretch of time that ends, or begins, at an instant T: {@code over 30d} is [T - 30
 * days, T), {@code next 30d} is [T, T + 30 days), {@code ever} is everything before T.
 *
 * <p>{@code m} and {@code h} are exact durations; {@code d}, {@code w}, {@code mo} and {@code y}
 * are calendar arithmetic in the project's zone as {@link ZonedDateTime} does it, so that {@code
 * 24h} is not {@code 1d} when the clocks change.
 */
public sealed interface Window {

  /** As it is written, and as it ends the names of columns: {@code 30d}. */
  String text();

  /** Everything before T. */
  record Ever() implements Window {
    @Override
    public String text() {
      return "ever";
    }
  }

  /**
   * @param amount at least 1
   */
  record Span(Direction direction, int amount, Unit unit) implements Window {

    public Span {
      if (amount < 1) {
        throw new IllegalArgumentException("Cannot make a window: " + amount + unit.symbol());
      }
    }

    @Override
    public String text() {
      return amount + unit.symbol();
    }

    /** The other end of the window than {@code t}: the start of one that looks back. */
    public Instant farEnd(Instant t, ZoneId zone) {
      int signed = direction == Direction.BACK ? -amount : amount;
      return switch (unit) {
        case MINUTE -> t.plus(Duration.ofMinutes(signed));
        case HOUR -> t.plus(Duration.ofHours(signed));
        case DAY, WEEK, MONTH, YEAR -> t.atZone(zone).plus(unit.period(signed)).toInstant();
      };
    }
  }

  /** Which way a window looks from its instant. */
  enum Direction {
    BACK,
    AHEAD
  }

  /** What a window's length is counted in. */
  enum Unit {
    MINUTE("m"),
    HOUR("h"),
    DAY("d"),
    WEEK("w"),
    MONTH("mo"),
    YEAR("y");

    private final String symbol;

    Unit(String symbol) {
      this.symbol = symbol;
    }

    public String symbol() {
      return symbol;
    }

    /** Whether its length depends on the calendar and the clocks of a zone. */
    public boolean isOfCalendar() {
      return this != MINUTE && this != HOUR;
    }

    private Period period(int amount) {
      return switch (this) {
        case DAY -> Period.ofDays(amount);
        case WEEK -> Period.ofWeeks(amount);
        case MONTH -> Period.ofMonths(amount);
        case YEAR -> Period.ofYears(amount);
        case MINUTE, HOUR -> throw new IllegalStateException("An exact duration: " + this);
      };
    }
  }

  /** Reads {@code ever} (only when looking back) or {@code 30d}; nothing if it is neither. */
  static Optional<Window> parse(String text, Direction direction) {
    if (text.equals("ever")) {
      return direction == Direction.BACK ? Optional.of(new Ever()) : Optional.empty();
    }
    Matcher matcher = Syntax.SPAN.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    for (Unit unit : Unit.values()) {
      if (unit.symbol.equals(matcher.group(2))) {
        return Optional.of(new Span(direction, Integer.parseInt(matcher.group(1)), unit));
      }
    }
    return Optional.empty();
  }

  /** The written form of a span: at most five digits, not zero, and a unit. */
  final class Syntax {
    private static final Pattern SPAN = Pattern.compile("([1-9][0-9]{0,4})(mo|m|h|d|w|y)");

    private Syntax() {}
  }
}
