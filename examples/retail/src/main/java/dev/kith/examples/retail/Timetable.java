package dev.kith.examples.retail;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;

/** When people browse: hour of the day, day of the week, and the long climb to Christmas. */
final class Timetable {

  static final ZoneId SHOP = ZoneId.of("Europe/London");

  /** Relative weights for Monday to Sunday. */
  private static final double[] WEEKDAY = {1.00, 1.05, 1.05, 1.10, 0.95, 0.60, 0.90};

  /** Relative weights for January to December. */
  private static final double[] MONTH = {
    0.70, 0.70, 0.80, 0.75, 0.85, 0.85, 0.85, 0.85, 1.05, 1.20, 1.50, 1.40
  };

  /** Relative weights for each hour: the office hours of small shops, and an evening at home. */
  private static final int[] HOUR = {
    4, 2, 1, 1, 1, 2, 6, 14, 30, 52, 66, 70, 78, 72, 64, 60, 50, 40, 36, 42, 50, 46, 28, 12
  };

  private static final int HOURS_TOTAL = total();

  private Timetable() {}

  /** How busy a day is, 1 for an ordinary one. */
  static double weight(LocalDate day) {
    return WEEKDAY[day.getDayOfWeek().getValue() - 1] * MONTH[day.getMonthValue() - 1];
  }

  /** An instant on this day of the shop, in milliseconds since 1970-01-01 UTC. */
  static long instantOn(LocalDate day, SplitMix random) {
    int ticket = random.below(HOURS_TOTAL);
    int hour = 0;
    while (ticket >= HOUR[hour]) {
      ticket -= HOUR[hour];
      hour++;
    }
    LocalTime time = LocalTime.of(hour, random.below(60), random.below(60));
    return day.atTime(time).atZone(SHOP).toInstant().toEpochMilli() + random.below(1000);
  }

  /** The midnight that ends a day of the shop, in milliseconds since 1970-01-01 UTC. */
  static long endOf(LocalDate day) {
    return day.plusDays(1).atStartOfDay(SHOP).toInstant().toEpochMilli();
  }

  private static int total() {
    int sum = 0;
    for (int weight : HOUR) {
      sum += weight;
    }
    return sum;
  }
}
