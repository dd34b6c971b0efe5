package dev.kith.engine.duckdb;

import dev.kith.model.type.Column;
import dev.kith.model.type.DataType;
import dev.kith.model.type.DataType.Decimal;
import dev.kith.model.type.DataType.ListOf;
import dev.kith.model.type.DataType.MapOf;
import dev.kith.model.type.DataType.Primitive;
import dev.kith.model.type.DataType.Struct;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Array;
import java.sql.Blob;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.duckdb.DuckDBStruct;
import org.jspecify.annotations.Nullable;

/** Values of DuckDB's driver as the Java types of {@link dev.kith.engine.Rows#value}. */
final class Values {

  private Values() {}

  /**
   * @param index 1-based
   * @param zone the session's
   */
  static @Nullable Object read(ResultSet rows, int index, DataType type, ZoneId zone)
      throws SQLException {
    if (type == Primitive.TEXT) {
      return rows.getString(index);
    }
    if (type == Primitive.TIMESTAMP) {
      // Not getObject: java.sql.Timestamp has no values for the hours that a zone skips.
      return rows.getObject(index, LocalDateTime.class);
    }
    if (type == Primitive.INSTANT) {
      // Not getObject: its OffsetDateTime is wrong around the changes of the machine's clocks.
      long microseconds = rows.getLong(index);
      return rows.wasNull() ? null : Instant.EPOCH.plus(microseconds, ChronoUnit.MICROS);
    }
    return convert(rows.getObject(index), type, zone);
  }

  private static @Nullable Object convert(@Nullable Object value, DataType type, ZoneId zone)
      throws SQLException {
    if (value == null) {
      return null;
    }
    if (type instanceof Primitive primitive) {
      return primitive(value, primitive, zone);
    }
    if (type instanceof Decimal decimal) {
      return value instanceof BigInteger integer
          ? new BigDecimal(integer)
          : ((BigDecimal) value).setScale(decimal.scale());
    }
    if (type instanceof ListOf list) {
      return list((Object[]) ((Array) value).getArray(), list.element(), zone);
    }
    if (type instanceof MapOf map) {
      return map((Map<?, ?>) value, map, zone);
    }
    return struct((DuckDBStruct) value, (Struct) type, zone);
  }

  private static Object primitive(Object value, Primitive type, ZoneId zone) throws SQLException {
    return switch (type) {
      case INTEGER -> ((Number) value).intValue();
      case BIGINT -> ((Number) value).longValue();
      case TEXT -> value.toString();
      case BLOB -> bytes((Blob) value);
      case INSTANT -> NestedTimestamps.parseInstant((String) value, zone);
      case TIMESTAMP -> NestedTimestamps.parse((String) value);
      default -> value;
    };
  }

  private static byte[] bytes(Blob blob) throws SQLException {
    return blob.getBytes(1, Math.toIntExact(blob.length()));
  }

  private static List<@Nullable Object> list(@Nullable Object[] values, DataType type, ZoneId zone)
      throws SQLException {
    List<@Nullable Object> list = new ArrayList<>(values.length);
    for (Object value : values) {
      list.add(convert(value, type, zone));
    }
    return Collections.unmodifiableList(list);
  }

  private static Map<Object, @Nullable Object> map(Map<?, ?> values, MapOf type, ZoneId zone)
      throws SQLException {
    Map<Object, @Nullable Object> map = new LinkedHashMap<>();
    for (Map.Entry<?, ?> entry : values.entrySet()) {
      Object key = convert(entry.getKey(), type.key(), zone);
      if (key != null) {
        map.put(key, convert(entry.getValue(), type.value(), zone));
      }
    }
    return Collections.unmodifiableMap(map);
  }

  private static Map<String, @Nullable Object> struct(DuckDBStruct value, Struct type, ZoneId zone)
      throws SQLException {
    @Nullable Object[] attributes = value.getAttributes();
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    int index = 0;
    for (Column field : type.fields()) {
      fields.put(field.name(), convert(attributes[index++], field.type(), zone));
    }
    return Collections.unmodifiableMap(fields);
  }
}
