package dev.kith.project;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;

/** Shares as people write them: {@code 20%}, {@code 0.2}. A number above 1 needs the sign. */
final class Shares {

  static final String PATTERN = "[0-9]{1,6}(\\.[0-9]{1,6})?%|0(\\.[0-9]{1,6})?|1";

  private static final Pattern SYNTAX = Pattern.compile(PATTERN);

  private Shares() {}

  /** The share as a fraction: 0.2; nothing for what is no share. */
  static Optional<Double> parse(String text) {
    if (!SYNTAX.matcher(text).matches()) {
      return Optional.empty();
    }
    return Optional.of(
        text.endsWith("%")
            ? new BigDecimal(text.substring(0, text.length() - 1)).movePointLeft(2).doubleValue()
            : Double.parseDouble(text));
  }
}
