package dev.kith.model.type;

import dev.kith.model.type.DataType.Decimal;
import dev.kith.model.type.DataType.ListOf;
import dev.kith.model.type.DataType.MapOf;
import dev.kith.model.type.DataType.Primitive;
import dev.kith.model.type.DataType.Struct;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A recursive-descent reader of type names as DuckDB prints and accepts them. */
final class DataTypeParser {

  private static final Map<String, DataType> NAMES =
      Map.ofEntries(
          Map.entry("BOOLEAN", Primitive.BOOLEAN),
          Map.entry("BOOL", Primitive.BOOLEAN),
          Map.entry("TINYINT", Primitive.INTEGER),
          Map.entry("SMALLINT", Primitive.INTEGER),
          Map.entry("UTINYINT", Primitive.INTEGER),
          Map.entry("USMALLINT", Primitive.INTEGER),
          Map.entry("INTEGER", Primitive.INTEGER),
          Map.entry("INT", Primitive.INTEGER),
          Map.entry("INT4", Primitive.INTEGER),
          Map.entry("UINTEGER", Primitive.BIGINT),
          Map.entry("BIGINT", Primitive.BIGINT),
          Map.entry("LONG", Primitive.BIGINT),
          Map.entry("INT8", Primitive.BIGINT),
          Map.entry("UBIGINT", new Decimal(20, 0)),
          Map.entry("HUGEINT", new Decimal(38, 0)),
          Map.entry("UHUGEINT", new Decimal(38, 0)),
          Map.entry("FLOAT", Primitive.FLOAT),
          Map.entry("REAL", Primitive.FLOAT),
          Map.entry("FLOAT4", Primitive.FLOAT),
          Map.entry("DOUBLE", Primitive.DOUBLE),
          Map.entry("FLOAT8", Primitive.DOUBLE),
          Map.entry("VARCHAR", Primitive.TEXT),
          Map.entry("TEXT", Primitive.TEXT),
          Map.entry("STRING", Primitive.TEXT),
          Map.entry("CHAR", Primitive.TEXT),
          Map.entry("JSON", Primitive.TEXT),
          Map.entry("BLOB", Primitive.BLOB),
          Map.entry("BYTEA", Primitive.BLOB),
          Map.entry("DATE", Primitive.DATE),
          Map.entry("TIME", Primitive.TIME),
          Map.entry("TIMESTAMP", Primitive.TIMESTAMP),
          Map.entry("DATETIME", Primitive.TIMESTAMP),
          Map.entry("TIMESTAMP_S", Primitive.TIMESTAMP),
          Map.entry("TIMESTAMP_MS", Primitive.TIMESTAMP),
          Map.entry("TIMESTAMP_NS", Primitive.TIMESTAMP),
          Map.entry("TIMESTAMPTZ", Primitive.INSTANT),
          Map.entry("TIMESTAMP WITH TIME ZONE", Primitive.INSTANT),
          Map.entry("INSTANT", Primitive.INSTANT),
          Map.entry("UUID", Primitive.UUID));

  private final String text;
  private int at;

  private DataTypeParser(String text) {
    this.text = text;
  }

  static Optional<DataType> parse(String text) {
    DataTypeParser parser = new DataTypeParser(text.strip());
    Optional<DataType> type = parser.type();
    return parser.at == parser.text.length() ? type : Optional.empty();
  }

  private Optional<DataType> type() {
    String name = name();
    Optional<DataType> base =
        switch (name) {
          case "STRUCT", "ROW" -> struct();
          case "MAP" -> map();
          case "DECIMAL", "NUMERIC" -> Optional.of(decimal());
          case "ENUM" -> skipParentheses() ? Optional.of(Primitive.TEXT) : Optional.empty();
          default -> {
            if (Primitive.TEXT.equals(NAMES.get(name)) && peek() == '(') {
              skipParentheses(); // VARCHAR(20): a length is no constraint in DuckDB
            }
            yield Optional.ofNullable(NAMES.get(name));
          }
        };
    Optional<DataType> result = base;
    while (result.isPresent() && peek() == '[') {
      int close = text.indexOf(']', at);
      if (close < 0) {
        return Optional.empty();
      }
      at = close + 1;
      result = Optional.of(new ListOf(result.get()));
    }
    return result;
  }

  /** One or more words in upper case, single spaces between: a name has at most four. */
  private String name() {
    skipSpaces();
    int start = at;
    while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || isInner(at))) {
      at++;
    }
    return text.substring(start, at).strip().replaceAll("\\s+", " ").toUpperCase(Locale.ROOT);
  }

  private boolean isInner(int index) {
    char c = text.charAt(index);
    return c == '_' || c == ' ';
  }

  private DataType decimal() {
    if (peek() != '(') {
      return new Decimal(18, 3);
    }
    int close = text.indexOf(')', at);
    String[] parts = text.substring(at + 1, close < 0 ? text.length() : close).split(",");
    at = close < 0 ? text.length() + 1 : close + 1;
    try {
      int scale = parts.length > 1 ? Integer.parseInt(parts[1].strip()) : 0;
      return new Decimal(Integer.parseInt(parts[0].strip()), scale);
    } catch (IllegalArgumentException e) {
      at = text.length() + 1; // not a type: the caller sees that it did not end
      return Primitive.TEXT;
    }
  }

  private Optional<DataType> struct() {
    if (!take('(')) {
      return Optional.empty();
    }
    List<Column> fields = new ArrayList<>();
    do {
      String name = fieldName();
      Optional<DataType> type = name.isEmpty() ? Optional.empty() : type();
      if (type.isEmpty()) {
        return Optional.empty();
      }
      fields.add(new Column(name, type.get()));
    } while (take(','));
    return take(')') ? Optional.of(new Struct(fields)) : Optional.empty();
  }

  private String fieldName() {
    skipSpaces();
    if (peek() != '"') {
      int start = at;
      while (at < text.length() && !Character.isWhitespace(text.charAt(at))) {
        at++;
      }
      return text.substring(start, at);
    }
    StringBuilder name = new StringBuilder();
    for (at++; at < text.length(); at++) {
      if (text.charAt(at) == '"') {
        at++;
        if (peekRaw() != '"') {
          break;
        }
      }
      name.append(text.charAt(at));
    }
    return name.toString();
  }

  private Optional<DataType> map() {
    if (!take('(')) {
      return Optional.empty();
    }
    Optional<DataType> key = type();
    if (key.isEmpty() || !take(',')) {
      return Optional.empty();
    }
    Optional<DataType> value = type();
    return value.isPresent() && take(')')
        ? Optional.of(new MapOf(key.get(), value.get()))
        : Optional.empty();
  }

  private boolean skipParentheses() {
    if (peek() != '(') {
      return false;
    }
    int close = text.indexOf(')', at);
    at = close < 0 ? text.length() + 1 : close + 1;
    return close >= 0;
  }

  private boolean take(char expected) {
    boolean there = peek() == expected;
    if (there) {
      at++;
    }
    return there;
  }

  private char peek() {
    skipSpaces();
    return peekRaw();
  }

  private char peekRaw() {
    return at < text.length() ? text.charAt(at) : '\0';
  }

  private void skipSpaces() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }
}
