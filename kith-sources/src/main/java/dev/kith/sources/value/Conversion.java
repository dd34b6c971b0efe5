package dev.kith.sources.value;

import dev.kith.model.type.DataType;
import dev.kith.model.type.DataType.Decimal;
import dev.kith.model.type.DataType.Primitive;

/**
 * Turns a value as read (text, or what JSON or a database gives) into a column's type, or finds
 * that it does not fit. Nothing is rounded, cut or wrapped around: 1.5 is no BIGINT, and 1.239 no
 * DECIMAL(10,2); 17850.0 is the BIGINT 17850.
 */
@FunctionalInterface
public interface Conversion {

  /** What {@link #apply} gives for a value that does not fit. */
  Object UNFIT =
      new Object() {
        @Override
        public String toString() {
          return "unfit";
        }
      };

  /**
   * The value as {@link dev.kith.engine.RowSink} takes it for the column's type, or {@link #UNFIT}.
   */
  Object apply(Object value);

  /** The conversion into a type. */
  static Conversion to(DataType type, TimeReading times) {
    if (type instanceof Primitive primitive) {
      return switch (primitive) {
        case BOOLEAN -> Booleans::convert;
        case INTEGER -> Numbers::toInteger;
        case BIGINT -> Numbers::toLong;
        case FLOAT -> Numbers::toFloat;
        case DOUBLE -> Numbers::toDouble;
        case TEXT -> Texts::toText;
        case BLOB -> Texts::toBytes;
        case UUID -> Texts::toUuid;
        case DATE -> times::toDate;
        case TIME -> times::toTime;
        case TIMESTAMP -> times::toLocal;
        case INSTANT -> times::toInstant;
      };
    }
    return type instanceof Decimal decimal
        ? value -> Numbers.toDecimal(value, decimal)
        : new NestedConversion(type, times);
  }
}
