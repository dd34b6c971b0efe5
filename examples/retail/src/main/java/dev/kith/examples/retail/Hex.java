package dev.kith.examples.retail;

import java.util.HexFormat;

/** Identifiers as sixteen hexadecimal digits. */
final class Hex {

  private static final HexFormat FORMAT = HexFormat.of();

  private Hex() {}

  static String of(long value) {
    return FORMAT.toHexDigits(value);
  }
}
