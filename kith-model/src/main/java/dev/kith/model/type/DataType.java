package dev.kith.model.type;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Kith's one type system. Each type is written in SQL as DuckDB spells it ({@link #sql()}); the
 * other engines and formats map from here (docs/reference/types.md).
 *
 * <p>JSON documents are {@link Primitive#TEXT}. Unsigned and 128-bit integers of an engine become
 * {@link Decimal}; enumerations become text; intervals cannot be stored.
 */
public sealed interface DataType {

  /** A type without parameters. */
  enum Primitive implements DataType {
    BOOLEAN("BOOLEAN"),
    /** 32 bits, signed. */
    INTEGER("INTEGER"),
    /** 64 bits, signed. */
    BIGINT("BIGINT"),
    /** 32 bits, IEEE 754. */
    FLOAT("FLOAT"),
    /** 64 bits, IEEE 754. */
    DOUBLE("DOUBLE"),
    /** Unicode text, compared by its UTF-8 bytes. */
    TEXT("VARCHAR"),
    BLOB("BLOB"),
    DATE("DATE"),
    /** Time of day, microseconds. */
    TIME("TIME"),
    /** Local date and time without a zone, microseconds. */
    TIMESTAMP("TIMESTAMP"),
    /** A point in time, stored in UTC, microseconds. */
    INSTANT("TIMESTAMP WITH TIME ZONE"),
    UUID("UUID");

    private final String sql;

    Primitive(String sql) {
      this.sql = sql;
    }

    @Override
    public String sql() {
      return sql;
    }
  }

  /**
   * An exact number.
   *
   * @param precision digits in all, 1 to 38
   * @param scale digits after the point, 0 to precision
   */
  record Decimal(int precision, int scale) implements DataType {
    public Decimal {
      if (precision < 1 || precision > 38 || scale < 0 || scale > precision) {
        throw new IllegalArgumentException(
            "Cannot make a decimal type: (" + precision + "," + scale + ")");
      }
    }

    @Override
    public String sql() {
      return "DECIMAL(" + precision + "," + scale + ")";
    }
  }

  /** Values of one type in order; elements may be NULL. */
  record ListOf(DataType element) implements DataType {
    @Override
    public String sql() {
      return element.sql() + "[]";
    }
  }

  /** Named fields in order. */
  record Struct(List<Column> fields) implements DataType {
    public Struct {
      fields = List.copyOf(fields);
    }

    @Override
    public String sql() {
      return fields.stream()
          .map(field -> Column.quote(field.name()) + " " + field.type().sql())
          .collect(Collectors.joining(", ", "STRUCT(", ")"));
    }
  }

  /** Keys, each once and never NULL, to values. */
  record MapOf(DataType key, DataType value) implements DataType {
    @Override
    public String sql() {
      return "MAP(" + key.sql() + ", " + value.sql() + ")";
    }
  }

  /** The type as it is written in Kith's SQL, which is DuckDB's. */
  String sql();

  /**
   * Reads a type as DuckDB spells it, in any case, with its aliases ({@code int}, {@code text},
   * {@code timestamptz}, {@code numeric(10,2)}, {@code varchar[]}, {@code struct(a int)}, {@code
   * map(varchar, int)}).
   *
   * @return nothing for what is no type, or one that cannot be stored (intervals, time with zone)
   */
  static Optional<DataType> parse(String text) {
    return DataTypeParser.parse(text);
  }

  default boolean isExactNumber() {
    return this == Primitive.INTEGER || this == Primitive.BIGINT || this instanceof Decimal;
  }

  default boolean isFloatingPoint() {
    return this == Primitive.FLOAT || this == Primitive.DOUBLE;
  }

  default boolean isNumber() {
    return isExactNumber() || isFloatingPoint();
  }

  default boolean isNested() {
    return this instanceof ListOf || this instanceof Struct || this instanceof MapOf;
  }
}
