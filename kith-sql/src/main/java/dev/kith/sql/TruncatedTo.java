package dev.kith.sql;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * A unit to whose beginning a time can be cut off. Each is made of whole ones of those before it,
 * which is why weeks are not among them.
 */
public enum TruncatedTo {
  SECOND,
  MINUTE,
  HOUR,
  DAY,
  MONTH,
  QUARTER,
  YEAR;

  /** Whether it is the other one or divides it. */
  public boolean within(TruncatedTo other) {
    return compareTo(other) <= 0;
  }

  /** As SQL names it: {@code day}. */
  String sqlName() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<TruncatedTo> named(String sqlName) {
    String name = sqlName.toLowerCase(Locale.ROOT);
    return Arrays.stream(values())
        .filter(unit -> unit.sqlName().equals(name) || (unit.sqlName() + "s").equals(name))
        .findFirst();
  }
}
