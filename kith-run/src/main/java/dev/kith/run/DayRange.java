package dev.kith.run;

import java.time.LocalDate;
import java.util.List;

/** Days one after another, both ends included. */
public record DayRange(LocalDate first, LocalDate last) {

  public DayRange {
    if (first.isAfter(last)) {
      throw new IllegalArgumentException(first + " is after " + last);
    }
  }

  /** In order. */
  public List<LocalDate> days() {
    return first.datesUntil(last.plusDays(1)).toList();
  }

  /** As it is written: {@code 2011-01-01..2011-01-31}. */
  @Override
  public String toString() {
    return first + ".." + last;
  }
}
