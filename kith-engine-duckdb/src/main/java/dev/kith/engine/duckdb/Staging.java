package dev.kith.engine.duckdb;

import dev.kith.engine.EngineCode;
import dev.kith.engine.RowSink;
import dev.kith.model.KithException;
import dev.kith.model.type.Column;
import dev.kith.model.type.DataType;
import dev.kith.model.type.DataType.Decimal;
import dev.kith.model.type.DataType.ListOf;
import dev.kith.model.type.DataType.MapOf;
import dev.kith.model.type.DataType.Primitive;
import dev.kith.model.type.DataType.Struct;
import dev.kith.model.type.TableSchema;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/** Appends Java rows to a temporary table. */
final class Staging implements RowSink {

  private final DuckDBConnection connection;
  private final DuckDBAppender appender;
  private final TableSchema schema;
  private final String table;

  private Staging(
      DuckDBConnection connection, DuckDBAppender appender, TableSchema schema, String table) {
    this.connection = connection;
    this.appender = appender;
    this.schema = schema;
    this.table = table;
  }

  /**
   * @param connection of the sink's own, closed with it
   */
  static Staging into(
      DuckDBConnection connection, String catalog, String table, TableSchema schema) {
    try {
      DuckDBAppender appender = connection.createAppender(catalog, "main", table);
      return new Staging(connection, appender, schema, table);
    } catch (SQLException e) {
      throw Faults.of(e, table);
    }
  }

  @Override
  public void add(@Nullable Object... values) {
    List<Column> columns = schema.columns();
    if (values.length != columns.size()) {
      throw new IllegalArgumentException(
          "Cannot add a row of %d values to %d columns: %s"
              .formatted(values.length, columns.size(), table));
    }
    // All at first: a row that was begun can't be taken back.
    @Nullable Object[] prepared = new @Nullable Object[values.length];
    for (int i = 0; i < values.length; i++) {
      prepared[i] = prepare(values[i], columns.get(i).type());
    }
    try {
      appender.beginRow();
      for (int i = 0; i < values.length; i++) {
        append(prepared[i], columns.get(i).type());
      }
      appender.endRow();
    } catch (SQLException e) {
      throw Faults.of(e, table);
    }
  }

  private void append(@Nullable Object value, DataType type) throws SQLException {
    if (value == null) {
      appender.appendNull();
    } else if (type instanceof Primitive primitive) {
      appendPrimitive(value, primitive);
    } else if (type instanceof Decimal) {
      appender.append((BigDecimal) value);
    } else if (type instanceof Struct struct) {
      appender.beginStruct();
      for (Column field : struct.fields()) {
        append(((Map<?, ?>) value).get(field.name()), field.type());
      }
      appender.endStruct();
    } else if (type instanceof MapOf) {
      appender.append((Map<?, ?>) value);
    } else {
      appender.append((List<?>) value);
    }
  }

  private void appendPrimitive(Object value, Primitive type) throws SQLException {
    switch (type) {
      case BOOLEAN -> appender.append((boolean) (Boolean) value);
      case INTEGER -> appender.append((int) (Integer) value);
      case BIGINT -> appender.append(((Number) value).longValue());
      case FLOAT -> appender.append((float) (Float) value);
      case DOUBLE -> appender.append((double) (Double) value);
      case TEXT -> appender.append((String) value);
      case BLOB -> appender.append((byte[]) value);
      case DATE -> appender.append((LocalDate) value);
      case TIME -> appender.append((LocalTime) value);
      case TIMESTAMP -> appender.append((LocalDateTime) value);
      case INSTANT -> appender.append((OffsetDateTime) value);
      case UUID -> appender.append((UUID) value);
    }
  }

  /** The value as the appender takes it, alone or inside another. */
  private static @Nullable Object prepare(@Nullable Object value, DataType type) {
    if (value == null) {
      return null;
    }
    if (type instanceof ListOf list) {
      List<@Nullable Object> elements = new ArrayList<>();
      for (Object element : (List<?>) value) {
        elements.add(prepare(element, list.element()));
      }
      return elements;
    }
    if (type instanceof MapOf map) {
      Map<@Nullable Object, @Nullable Object> entries = new LinkedHashMap<>();
      ((Map<?, ?>) value)
          .forEach(
              (key, entry) -> entries.put(prepare(key, map.key()), prepare(entry, map.value())));
      return entries;
    }
    if (type instanceof Struct struct) {
      Map<String, @Nullable Object> fields = new LinkedHashMap<>();
      for (Column field : struct.fields()) {
        fields.put(field.name(), prepare(((Map<?, ?>) value).get(field.name()), field.type()));
      }
      return fields;
    }
    if (type instanceof Decimal decimal) {
      return scaled(value, decimal);
    }
    return value instanceof Instant instant ? instant.atOffset(ZoneOffset.UTC) : value;
  }

  /** With the column's scale; a number with more digits does not fit. */
  private static BigDecimal scaled(Object value, Decimal type) {
    BigDecimal number = ((BigDecimal) value).stripTrailingZeros();
    if (number.scale() > type.scale()
        || number.precision() - number.scale() > integerDigits(type)) {
      throw KithException.project(
          EngineCode.VALUE_DOES_NOT_FIT,
          type.sql(),
          "Cannot keep a number of %d digits, %d of them after the point, in a column of type %s"
              .formatted(number.precision(), Math.max(0, number.scale()), type.sql()));
    }
    return number.setScale(type.scale());
  }

  private static int integerDigits(Decimal type) {
    return type.precision() - type.scale();
  }

  @Override
  public void close() {
    try {
      appender.close();
      connection.close();
    } catch (SQLException e) {
      throw Faults.of(e, table);
    }
  }
}
