package dev.kith.run.graph;

import dev.kith.model.type.DataType;
import dev.kith.model.type.DataType.Primitive;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/** Whether a text that a definition gives is a value of a column's type. */
final class Literals {

  private static final Pattern TIME =
      Pattern.compile("([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\\.[0-9]{1,6})?)?");
  private static final Pattern OFFSET = Pattern.compile("(Z|[+-][0-9]{2}(:?[0-9]{2})?)?");
  private static final Set<String> TRUTHS = Set.of("true", "false");

  private Literals() {}

  static boolean isOfType(String text, DataType type) {
    if (type.isFloatingPoint() || type instanceof DataType.Decimal) {
      return isNumber(text);
    }
    if (!(type instanceof Primitive primitive)) {
      return false;
    }
    return switch (primitive) {
      case TEXT -> true;
      case INTEGER, BIGINT -> isNumber(text) && isWhole(new BigDecimal(text), primitive);
      case BOOLEAN -> TRUTHS.contains(text);
      case DATE -> isDate(text);
      case TIME -> TIME.matcher(text).matches();
      case TIMESTAMP, INSTANT -> isTimestamp(text);
      case UUID -> isUuid(text);
      default -> false;
    };
  }

  private static boolean isNumber(String text) {
    try {
      return new BigDecimal(text).scale() > -400; // no text may stand for gigabytes of digits
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private static boolean isWhole(BigDecimal number, Primitive type) {
    try {
      return type == Primitive.INTEGER
          ? number.intValueExact() == number.intValue()
          : number.longValueExact() == number.longValue();
    } catch (ArithmeticException e) {
      return false;
    }
  }

  private static boolean isDate(String text) {
    try {
      return LocalDate.parse(text) != null;
    } catch (DateTimeException e) {
      return false;
    }
  }

  private static boolean isTimestamp(String text) {
    if (text.length() <= 10) {
      return isDate(text);
    }
    if (!isDate(text.substring(0, 10)) || (text.charAt(10) != ' ' && text.charAt(10) != 'T')) {
      return false;
    }
    String rest = text.substring(11);
    int end = rest.length();
    for (char sign : new char[] {'+', '-', 'Z'}) {
      int at = rest.indexOf(sign);
      end = at < 0 ? end : Math.min(end, at);
    }
    return TIME.matcher(rest.substring(0, end)).matches()
        && OFFSET.matcher(rest.substring(end)).matches();
  }

  private static boolean isUuid(String text) {
    try {
      return UUID.fromString(text) != null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
