package dev.kith.sources.jdbc;

import dev.kith.model.type.DataType;
import dev.kith.model.type.DataType.Decimal;
import dev.kith.model.type.DataType.ListOf;
import dev.kith.model.type.DataType.Primitive;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collections;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A column of a database's result: its type in Kith, and how its values are read.
 *
 * @param type nothing where the database states no precision of exact numbers
 */
record JdbcColumn(String name, Optional<DataType> type, Reading reading) {

  /** Reads a value of the current row. */
  @FunctionalInterface
  interface Reading {
    @Nullable Object read(ResultSet rows, int column) throws SQLException;
  }

  private static final int MOST_DIGITS = 38;

  static JdbcColumn of(ResultSetMetaData data, int index) throws SQLException {
    String label = data.getColumnLabel(index);
    String typeName = data.getColumnTypeName(index).toLowerCase(Locale.ROOT);
    if (typeName.startsWith("_")) {
      return array(label, typeName.substring(1));
    }
    return switch (typeName) {
      case "uuid" -> column(label, Primitive.UUID, (rows, i) -> uuid(rows.getObject(i)));
      case "timestamptz", "timestamp with time zone" ->
          column(
              label,
              Primitive.INSTANT,
              (rows, i) -> {
                OffsetDateTime time = rows.getObject(i, OffsetDateTime.class);
                if (time == null) {
                  return null;
                }
                return isEndless(time.getYear()) ? rows.getString(i) : time.toInstant();
              });
      case "timetz", "interval", "money" -> text(label);
      case "year" -> column(label, Primitive.INTEGER, (rows, i) -> whole(rows, rows.getInt(i)));
      default -> byCode(data, index, label, typeName);
    };
  }

  private static JdbcColumn byCode(ResultSetMetaData data, int index, String label, String typeName)
      throws SQLException {
    boolean signed = data.isSigned(index);
    return switch (data.getColumnType(index)) {
      case Types.BOOLEAN -> bool(label);
      case Types.BIT -> data.getPrecision(index) <= 1 ? bool(label) : bytes(label);
      case Types.TINYINT, Types.SMALLINT ->
          column(label, Primitive.INTEGER, (rows, i) -> whole(rows, rows.getInt(i)));
      case Types.INTEGER ->
          signed
              ? column(label, Primitive.INTEGER, (rows, i) -> whole(rows, rows.getInt(i)))
              : column(label, Primitive.BIGINT, (rows, i) -> whole(rows, rows.getLong(i)));
      case Types.BIGINT ->
          signed
              ? column(label, Primitive.BIGINT, (rows, i) -> whole(rows, rows.getLong(i)))
              : column(label, new Decimal(20, 0), ResultSet::getBigDecimal);
      case Types.REAL -> column(label, Primitive.FLOAT, (rows, i) -> whole(rows, rows.getFloat(i)));
      case Types.FLOAT, Types.DOUBLE ->
          column(label, Primitive.DOUBLE, (rows, i) -> whole(rows, rows.getDouble(i)));
      case Types.NUMERIC, Types.DECIMAL ->
          decimal(label, data.getPrecision(index), data.getScale(index));
      case Types.DATE -> column(label, Primitive.DATE, JdbcColumn::date);
      case Types.TIME ->
          // MySQL's goes to 838 hours, and its driver would wrap them around.
          isMySql(data)
              ? column(label, Primitive.TIME, ResultSet::getString)
              : column(label, Primitive.TIME, (rows, i) -> rows.getObject(i, LocalTime.class));
      case Types.TIMESTAMP ->
          typeName.equals("timestamp") && isMySql(data)
              ? column(label, Primitive.INSTANT, JdbcColumn::utc)
              : column(label, Primitive.TIMESTAMP, JdbcColumn::local);
      case Types.TIMESTAMP_WITH_TIMEZONE ->
          column(label, Primitive.INSTANT, (rows, i) -> rows.getObject(i, OffsetDateTime.class));
      case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB -> bytes(label);
      default -> text(label);
    };
  }

  private static boolean isMySql(ResultSetMetaData data) {
    return data.getClass().getName().startsWith("org.mariadb.")
        || data.getClass().getName().startsWith("com.mysql.");
  }

  private static JdbcColumn column(String label, DataType type, Reading reading) {
    return new JdbcColumn(label, Optional.of(type), reading);
  }

  private static JdbcColumn bool(String label) {
    return column(label, Primitive.BOOLEAN, (rows, i) -> whole(rows, rows.getBoolean(i)));
  }

  private static JdbcColumn bytes(String label) {
    return column(label, Primitive.BLOB, ResultSet::getBytes);
  }

  private static JdbcColumn text(String label) {
    return column(label, Primitive.TEXT, ResultSet::getString);
  }

  private static JdbcColumn decimal(String label, int precision, int scale) {
    boolean stated = precision > 0 && precision <= MOST_DIGITS && scale >= 0 && scale <= precision;
    Optional<DataType> type =
        stated ? Optional.of(new Decimal(precision, scale)) : Optional.empty();
    return new JdbcColumn(label, type, ResultSet::getBigDecimal);
  }

  /** Arrays of plain values; others, and those of times, are kept as the database's text. */
  private static JdbcColumn array(String label, String element) {
    DataType type =
        switch (element) {
          case "int2", "int4" -> Primitive.INTEGER;
          case "int8" -> Primitive.BIGINT;
          case "float4" -> Primitive.FLOAT;
          case "float8" -> Primitive.DOUBLE;
          case "bool" -> Primitive.BOOLEAN;
          case "uuid" -> Primitive.UUID;
          case "text", "varchar", "bpchar", "name" -> Primitive.TEXT;
          default -> null;
        };
    return type == null
        ? text(label)
        : column(
            label,
            new ListOf(type),
            (rows, i) -> {
              java.sql.Array array = rows.getArray(i);
              return array == null
                  ? null
                  : Collections.unmodifiableList(Arrays.asList((Object[]) array.getArray()));
            });
  }

  /** NULL where the driver's primitive stands for it. */
  private static @Nullable Object whole(ResultSet rows, Object value) throws SQLException {
    return rows.wasNull() ? null : value;
  }

  private static @Nullable Object uuid(@Nullable Object value) {
    return value == null || value instanceof UUID ? value : value.toString();
  }

  private static @Nullable Object date(ResultSet rows, int column) throws SQLException {
    LocalDate date = rows.getObject(column, LocalDate.class);
    return date != null && isEndless(date.getYear()) ? rows.getString(column) : date;
  }

  private static @Nullable Object local(ResultSet rows, int column) throws SQLException {
    LocalDateTime time = rows.getObject(column, LocalDateTime.class);
    return time != null && isEndless(time.getYear()) ? rows.getString(column) : time;
  }

  private static @Nullable Object utc(ResultSet rows, int column) throws SQLException {
    LocalDateTime time = rows.getObject(column, LocalDateTime.class);
    return time == null ? null : time.toInstant(ZoneOffset.UTC);
  }

  /** PostgreSQL's infinity. */
  private static boolean isEndless(int year) {
    return Math.abs(year) > 290_000;
  }

  /** A position of a cursor can be compared, added to, and written as text. */
  boolean canBeCursor() {
    return type.isEmpty()
        || type.get().isNumber()
        || type.get() == Primitive.DATE
        || type.get() == Primitive.TIMESTAMP
        || type.get() == Primitive.INSTANT;
  }

  /** A number as one that compares with all others. */
  static Object comparable(Object value) {
    if (value instanceof BigDecimal || !(value instanceof Number)) {
      return value;
    }
    return new BigDecimal(value.toString());
  }
}
