package dev.kith.sources.value;

import dev.kith.model.type.DataType.Decimal;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Locale;

/** Conversions into numbers, exact or not at all. */
final class Numbers {

  private static final BigInteger LEAST_LONG = BigInteger.valueOf(Long.MIN_VALUE);
  private static final BigInteger GREATEST_LONG = BigInteger.valueOf(Long.MAX_VALUE);

  private Numbers() {}

  static Object toInteger(Object value) {
    Object wide = toLong(value);
    return wide instanceof Long number && number == number.intValue()
        ? (Object) number.intValue()
        : Conversion.UNFIT;
  }

  static Object toLong(Object value) {
    if (value instanceof Long) {
      return value;
    }
    if (value instanceof Integer number) {
      return number.longValue();
    }
    if (value instanceof String text) {
      return longOfText(text);
    }
    Object exact = exact(value);
    return exact instanceof BigDecimal decimal ? longOf(decimal) : exact;
  }

  static Object toDouble(Object value) {
    if (value instanceof Double) {
      return value;
    }
    if (value instanceof Float number) {
      return number.doubleValue();
    }
    if (value instanceof Long number) {
      // Beyond 2^53 a double would silently be another number.
      return (long) (double) (long) number == number && number != Long.MAX_VALUE
          ? (Object) number.doubleValue()
          : Conversion.UNFIT;
    }
    if (value instanceof Number number && !(value instanceof BigInteger)) {
      double result = number.doubleValue();
      return Double.isInfinite(result) ? Conversion.UNFIT : result;
    }
    return doubleOfText(value.toString());
  }

  static Object toFloat(Object value) {
    if (value instanceof Float) {
      return value;
    }
    Object wide = toDouble(value);
    if (!(wide instanceof Double number)) {
      return wide;
    }
    float narrow = number.floatValue();
    return Float.isInfinite(narrow) && !Double.isInfinite(number)
        ? Conversion.UNFIT
        : (Object) narrow;
  }

  static Object toDecimal(Object value, Decimal type) {
    Object exact = exact(value);
    if (!(exact instanceof BigDecimal decimal)) {
      return exact;
    }
    BigDecimal whole = decimal.stripTrailingZeros();
    if (whole.scale() > type.scale()
        || whole.precision() - whole.scale() > type.precision() - type.scale()) {
      return Conversion.UNFIT;
    }
    return whole.setScale(type.scale(), RoundingMode.UNNECESSARY);
  }

  /** A BigDecimal, or {@link Conversion#UNFIT}. */
  static Object exact(Object value) {
    if (value instanceof BigDecimal) {
      return value;
    }
    if (value instanceof BigInteger integer) {
      return new BigDecimal(integer);
    }
    if (value instanceof Double || value instanceof Float) {
      double number = ((Number) value).doubleValue();
      return Double.isFinite(number) ? new BigDecimal(value.toString()) : Conversion.UNFIT;
    }
    if (value instanceof Number number) {
      return BigDecimal.valueOf(number.longValue());
    }
    if (value instanceof Boolean || value instanceof JsonText) {
      return Conversion.UNFIT;
    }
    String text = value.toString().strip();
    if (!looksLikeNumber(text)) {
      return Conversion.UNFIT;
    }
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException e) {
      return Conversion.UNFIT;
    }
  }

  private static Object longOf(BigDecimal decimal) {
    BigDecimal whole = decimal.stripTrailingZeros();
    if (whole.scale() > 0 || whole.precision() - whole.scale() > 19) {
      return Conversion.UNFIT;
    }
    BigInteger integer = whole.toBigInteger();
    return integer.compareTo(LEAST_LONG) < 0 || integer.compareTo(GREATEST_LONG) > 0
        ? Conversion.UNFIT
        : (Object) integer.longValue();
  }

  /** The common case, digits alone, without an object for the number. */
  private static Object longOfText(String text) {
    int length = text.length();
    int at = 0;
    boolean negative = false;
    if (length > 0 && (text.charAt(0) == '-' || text.charAt(0) == '+')) {
      negative = text.charAt(0) == '-';
      at = 1;
    }
    int digits = length - at;
    long number = 0;
    for (; digits > 0 && digits <= 18 && at < length; at++) {
      char c = text.charAt(at);
      if (c < '0' || c > '9') {
        break;
      }
      number = number * 10 + (c - '0');
    }
    if (digits > 0 && at == length) {
      return negative ? -number : number;
    }
    Object exact = exact(text);
    return exact instanceof BigDecimal decimal ? longOf(decimal) : exact;
  }

  private static Object doubleOfText(String raw) {
    String text = raw.strip();
    if (looksLikeNumber(text)) {
      try {
        double number = Double.parseDouble(text);
        return Double.isInfinite(number) ? Conversion.UNFIT : (Object) number;
      } catch (NumberFormatException e) {
        return Conversion.UNFIT;
      }
    }
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "nan" -> Double.NaN;
      case "inf", "+inf", "infinity", "+infinity" -> Double.POSITIVE_INFINITY;
      case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
      default -> Conversion.UNFIT;
    };
  }

  /**
   * Only characters of a decimal number: Java reads more (0x1p3, 1d). Exponents have at most three
   * digits, since a BigDecimal of 1e999999999 would fill the memory.
   */
  static boolean looksLikeNumber(String text) {
    int length = text.length();
    if (length == 0 || length > 400) {
      return false;
    }
    int exponent = -1;
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c == 'e' || c == 'E') {
        if (exponent >= 0) {
          return false;
        }
        exponent = i;
      } else if ((c < '0' || c > '9') && c != '.' && c != '-' && c != '+') {
        return false;
      }
    }
    return exponent < 0 || length - exponent <= 5;
  }
}
