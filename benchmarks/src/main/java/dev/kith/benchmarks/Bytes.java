package dev.kith.benchmarks;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Amounts of memory as kith.yaml and DuckDB have them. */
final class Bytes {

  private static final Pattern GIGABYTES = Pattern.compile("([0-9]{1,4})GB");

  private Bytes() {}

  /** Reads {@code 4GB}: 4,000,000,000, as DuckDB does. */
  static long parse(String text) {
    Matcher matcher = GIGABYTES.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("Cannot read an amount such as 4GB: " + text);
    }
    return Long.parseLong(matcher.group(1)) * 1_000_000_000;
  }
}
