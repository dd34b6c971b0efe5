package dev.kith.benchmarks;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The sizes of the frozen benchmark's table, all of 730 days from 2024-01-01.
 *
 * <p>{@link #TINY} is not one of them: with it the harness itself is tried out in seconds.
 */
enum Size {
  TINY(2_000, 30, 15),
  SMALL(250_000, 3_425, 1_712),
  LARGE(2_000_000, 27_400, 13_700);

  /** The instant of the profile: the midnight after the last event. */
  static final String AS_OF = "2025-12-31";

  private final int people;
  private final int sessionsADay;
  private final int ordersADay;

  Size(int people, int sessionsADay, int ordersADay) {
    this.people = people;
    this.sessionsADay = sessionsADay;
    this.ordersADay = ordersADay;
  }

  /** What the frozen statements want to know of a size, by the names that they use. */
  Map<String, String> parameters() {
    return Map.of(
        "NC", String.valueOf(people),
        "SPD", String.valueOf(sessionsADay),
        "OPD", String.valueOf(ordersADay));
  }

  String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<Size> parse(String text) {
    return Arrays.stream(values()).filter(size -> size.text().equals(text)).findFirst();
  }
}
