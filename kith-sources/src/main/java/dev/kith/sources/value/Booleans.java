package dev.kith.sources.value;

import java.util.Locale;

/** Conversion into BOOLEAN. */
final class Booleans {

  private Booleans() {}

  static Object convert(Object value) {
    if (value instanceof Boolean) {
      return value;
    }
    return switch (value.toString().strip().toLowerCase(Locale.ROOT)) {
      case "true", "t", "yes", "y", "1" -> true;
      case "false", "f", "no", "n", "0" -> false;
      default -> Conversion.UNFIT;
    };
  }
}
