package dev.kith.sources.value;

import dev.kith.model.type.DataType;
import dev.kith.model.type.DataType.Decimal;
import dev.kith.model.type.DataType.Primitive;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Infers a column's type from values of a sample: the narrowest of BOOLEAN, BIGINT, DOUBLE, DATE,
 * TIMESTAMP and TIMESTAMP WITH TIME ZONE that takes all of them, else TEXT.
 *
 * <p>Careful where a guess would lose something: digits that begin with a zero (a postcode) or with
 * a plus, and integers of more than 18 digits (a card's number), are text. Exact numbers of a
 * database that states no precision become DECIMAL(38, s).
 */
public final class ColumnSample {

  private static final int USUAL_SCALE = 10;

  private final TimeReading dates;
  private final TimeReading timestamps;
  private final boolean untyped;
  private boolean any;
  private boolean onlyBooleans = true;
  private boolean onlyIntegers = true;
  private boolean onlyNumbers = true;
  private boolean onlyTimes = true;
  private boolean someTimeOfDay;
  private boolean someInstant;
  private boolean onlyExact = true;
  private int scale;

  /**
   * @param untyped whether texts may stand for numbers and booleans, as in CSV but not in JSON
   * @param dates how dates are written
   * @param timestamps how timestamps are written
   */
  public ColumnSample(boolean untyped, TimeReading dates, TimeReading timestamps) {
    this.untyped = untyped;
    this.dates = dates;
    this.timestamps = timestamps;
  }

  /** Of a single text that may stand for anything, in ISO formats. */
  public static ColumnSample ofOne(Object value) {
    TimeReading iso = new TimeReading(ZoneOffset.UTC, Optional.empty());
    ColumnSample sample = new ColumnSample(true, iso, iso);
    sample.add(value);
    return sample;
  }

  public void add(Object value) {
    any = true;
    if (value instanceof String text) {
      addText(text);
    } else if (value instanceof Boolean) {
      only(true, false, false, false);
    } else if (value instanceof BigDecimal decimal) {
      scale = Math.max(scale, decimal.scale());
      only(false, false, true, false);
    } else if (value instanceof BigInteger integer) {
      only(false, integer.bitLength() < 64, true, false);
    } else if (value instanceof Long || value instanceof Integer) {
      only(false, true, true, false);
    } else {
      only(false, false, false, false);
    }
  }

  private void addText(String text) {
    if (onlyTimes) {
      addTime(text);
    }
    if (!untyped) {
      onlyBooleans = false;
      onlyNumbers = false;
      return;
    }
    onlyExact = false;
    if (onlyBooleans) {
      onlyBooleans = Set.of("true", "false").contains(text.toLowerCase(Locale.ROOT));
    }
    if (onlyNumbers) {
      onlyNumbers = isPlainNumber(text);
      onlyIntegers &= onlyNumbers && isInteger(text);
    }
  }

  private void addTime(String text) {
    TextTimes.Parsed parsed = dates.parse(text);
    if (parsed == null) {
      parsed = timestamps.parse(text);
    }
    onlyTimes = parsed != null;
    if (parsed != null) {
      someTimeOfDay |= parsed.time() != null;
      someInstant |= parsed.offset() != null;
    }
  }

  private void only(boolean booleans, boolean integers, boolean numbers, boolean times) {
    onlyBooleans &= booleans;
    onlyIntegers &= integers;
    onlyNumbers &= numbers;
    onlyTimes &= times;
  }

  /** The type, or nothing if there was no value. */
  public Optional<DataType> type() {
    if (!any) {
      return Optional.empty();
    }
    if (onlyBooleans) {
      return Optional.of(Primitive.BOOLEAN);
    }
    if (onlyNumbers) {
      return Optional.of(onlyIntegers ? Primitive.BIGINT : Primitive.DOUBLE);
    }
    if (onlyTimes) {
      return Optional.of(
          someInstant ? Primitive.INSTANT : someTimeOfDay ? Primitive.TIMESTAMP : Primitive.DATE);
    }
    return Optional.of(Primitive.TEXT);
  }

  /** The type of a column of exact numbers whose precision nobody states. */
  public Optional<DataType> exactType() {
    return type().map(type -> onlyNumbers && onlyExact ? exactDecimal() : type);
  }

  private DataType exactDecimal() {
    return scale > 30 ? Primitive.TEXT : new Decimal(38, Math.max(scale, USUAL_SCALE));
  }

  private static boolean isInteger(String text) {
    for (int i = text.charAt(0) == '-' ? 1 : 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }

  private static boolean isPlainNumber(String text) {
    if (!Numbers.looksLikeNumber(text)) {
      return false;
    }
    int start = text.charAt(0) == '-' ? 1 : 0;
    if (start == text.length()) {
      return false;
    }
    char first = text.charAt(start);
    boolean zeroLed =
        first == '0'
            && start + 1 < text.length()
            && text.charAt(start + 1) >= '0'
            && text.charAt(start + 1) <= '9';
    boolean endless = isInteger(text) && text.length() - start > 18;
    return first != '+' && !zeroLed && !endless && Numbers.toDouble(text) instanceof Double;
  }
}
