package dev.kith.cli;

import dev.kith.run.DayRange;
import dev.kith.run.Moment;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import picocli.CommandLine.TypeConversionException;

/** As of when profiles are built: once, or for each of some days. */
sealed interface When {

  record Once(Moment moment) implements When {}

  record Daily(DayRange days) implements When {}

  /** Reads the value of an option. */
  static When parse(String text) {
    int dots = text.indexOf("..");
    if (dots < 0) {
      return new Once(moment(text));
    }
    LocalDate first = date(text.substring(0, dots));
    LocalDate last = date(text.substring(dots + 2));
    if (first.isAfter(last)) {
      throw new TypeConversionException("a range that ends before it begins: '" + text + "'");
    }
    return first.equals(last)
        ? new Once(Moment.startOf(first))
        : new Daily(new DayRange(first, last));
  }

  private static Moment moment(String text) {
    try {
      return Moment.parse(text);
    } catch (DateTimeParseException e) {
      throw new TypeConversionException(
          "not a day or time such as 2026-01-31 or '2026-01-31 18:00': '" + text + "'");
    }
  }

  private static LocalDate date(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException e) {
      throw new TypeConversionException("not a date such as 2026-01-31: '" + text + "'");
    }
  }
}
