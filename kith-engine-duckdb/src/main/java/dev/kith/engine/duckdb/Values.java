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
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
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
   */
  static @Nullable Object read(ResultSet rows, int index, DataType type) throws SQLException {
    if (type == Primitive.TEXT) {
      return rows.getString(index);
    }
    if (type == Primitive.TIMESTAMP) {
      // Not getObject: java.sql.Timestamp has no values for the hours that a zone skips.
      return rows.getObject(index, LocalDateTime.class);
    }
    return convert(rows.getObject(index), type);
  }

  private static @Nullable Object convert(@Nullable Object value, DataType type)
      throws SQLException {
    if (value == null) {
      return null;
    }
    if (type instanceof Primitive primitive) {
      return primitive(value, primitive);
    }
    if (type instanceof Decimal decimal) {
      return value instanceof BigInteger integer
          ? new BigDecimal(integer)
          : ((BigDecimal) value).setScale(decimal.scale());
    }
    if (type instanceof ListOf list) {
      return list((Object[]) ((Array) value).getArray(), list.element());
    }
    if (type instanceof MapOf map) {
      return map((Map<?, ?>) value, map);
    }
    return struct((DuckDBStruct) value, (Struct) type);
  }

  private static Object primitive(Object value, Primitive type) throws SQLException {
    return switch (type) {
      case INTEGER -> ((Number) value).intValue();
      case BIGINT -> ((Number) value).longValue();
      case TEXT -> value.toString();
      case BLOB -> bytes((Blob) value);
      case INSTANT -> ((OffsetDateTime) value).toInstant();
      case TIMESTAMP -> NestedTimestamps.parse((String) value);
      default -> value;
    };
  }

  private static byte[] bytes(Blob blob) throws SQLException {
    return blob.getBytes(1, Math.toIntExact(blob.length()));
  }

  private static List<@Nullable Object> list(@Nullable Object[] values, DataType type)
      throws SQLException {
    List<@Nullable Object> list = new ArrayList<>(values.length);
    for (Object value : values) {
      list.add(convert(value, type));
    }
    return Collections.unmodifiableList(list);
  }

  private static Map<Object, @Nullable Object> map(Map<?, ?> values, MapOf type)
      throws SQLException {
    Map<Object, @Nullable Object> map = new LinkedHashMap<>();
    for (Map.Entry<?, ?> entry : values.entrySet()) {
      Object key = convert(entry.getKey(), type.key());
      if (key != null) {
        map.put(key, convert(entry.getValue(), type.value()));
      }
    }
    return Collections.unmodifiableMap(map);
  }

  private static Map<String, @Nullable Object> struct(DuckDBStruct value, Struct type)
      throws SQLException {
    @Nullable Object[] attributes = value.getAttributes();
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    int index = 0;
    for (Column field : type.fields()) {
      fields.put(field.name(), convert(attributes[index++], field.type()));
    }
    return Collections.unmodifiableMap(fields);
  }
}
