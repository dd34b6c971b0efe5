package dev.kith.lake;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/** Values of columns as Iceberg keeps them: dates and times are numbers since 1970. */
final class IcebergValues {

  private static final Instant EPOCH = Instant.EPOCH;

  private IcebergValues() {}

  /** From a value as {@code Rows.value} gives it, or text that spells it. */
  static Object toIceberg(Object value, Type type) {
    return switch (type.typeId()) {
      case BOOLEAN -> value instanceof Boolean ? value : Boolean.valueOf(value.toString());
      case INTEGER -> value instanceof Number n ? n.intValue() : Integer.valueOf(value.toString());
      case LONG -> value instanceof Number n ? n.longValue() : Long.valueOf(value.toString());
      case FLOAT -> value instanceof Number n ? n.floatValue() : Float.valueOf(value.toString());
      case DOUBLE -> value instanceof Number n ? n.doubleValue() : Double.valueOf(value.toString());
      case DECIMAL -> decimal(value, (Types.DecimalType) type);
      case DATE -> date(value);
      case TIME -> time(value);
      case TIMESTAMP -> timestamp(value);
      case UUID -> value instanceof UUID ? value : UUID.fromString(value.toString());
      case BINARY -> value instanceof byte[] bytes ? ByteBuffer.wrap(bytes) : value;
      default -> value.toString();
    };
  }

  private static BigDecimal decimal(Object value, Types.DecimalType type) {
    BigDecimal number =
        value instanceof BigDecimal decimal ? decimal : new BigDecimal(value.toString());
    return number.setScale(type.scale());
  }

  private static Integer date(Object value) {
    if (value instanceof Number number) {
      return number.intValue();
    }
    LocalDate date = value instanceof LocalDate day ? day : LocalDate.parse(value.toString());
    return Math.toIntExact(date.toEpochDay());
  }

  private static Long time(Object value) {
    if (value instanceof Number number) {
      return number.longValue();
    }
    LocalTime time = value instanceof LocalTime of ? of : LocalTime.parse(value.toString());
    return time.toNanoOfDay() / 1000;
  }

  private static Long timestamp(Object value) {
    if (value instanceof Number number) {
      return number.longValue();
    }
    if (value instanceof LocalDateTime local) {
      return ChronoUnit.MICROS.between(EPOCH, local.toInstant(ZoneOffset.UTC));
    }
    Instant instant = value instanceof Instant of ? of : Instant.parse(value.toString());
    return ChronoUnit.MICROS.between(EPOCH, instant);
  }
}
