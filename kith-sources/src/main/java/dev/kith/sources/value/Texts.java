package dev.kith.sources.value;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.UUID;

/** Conversions into text, bytes and identifiers. */
final class Texts {

  private Texts() {}

  static Object toText(Object value) {
    if (value instanceof String) {
      return value;
    }
    if (value instanceof byte[]) {
      return Conversion.UNFIT; // bytes have no encoding of their own
    }
    return value instanceof BigDecimal decimal ? decimal.toPlainString() : value.toString();
  }

  /** Text is taken as its UTF-8 bytes, but {@code \x} begins hexadecimal digits. */
  static Object toBytes(Object value) {
    if (value instanceof byte[]) {
      return value;
    }
    String text = value.toString();
    if (!text.startsWith("\\x")) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
    try {
      return HexFormat.of().parseHex(text, 2, text.length());
    } catch (IllegalArgumentException e) {
      return Conversion.UNFIT;
    }
  }

  static Object toUuid(Object value) {
    if (value instanceof UUID) {
      return value;
    }
    String text = value.toString().strip();
    if (text.length() != 36) {
      return Conversion.UNFIT; // Java also reads 1-1-1-1-1
    }
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      return Conversion.UNFIT;
    }
  }
}
