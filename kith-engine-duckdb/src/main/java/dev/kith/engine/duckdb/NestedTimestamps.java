package dev.kith.engine.duckdb;

import dev.kith.model.type.Column;
import dev.kith.model.type.DataType;
import dev.kith.model.type.DataType.ListOf;
import dev.kith.model.type.DataType.MapOf;
import dev.kith.model.type.DataType.Primitive;
import dev.kith.model.type.DataType.Struct;
import dev.kith.model.type.TableSchema;
import java.time.LocalDateTime;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Local timestamps inside lists, structs and maps. The driver gives them as java.sql.Timestamp,
 * which moves those that the machine's zone skips; so they are read as text.
 */
final class NestedTimestamps {

  private NestedTimestamps() {}

  /** A query with the same columns, nested timestamps as text; empty where it has none. */
  static Optional<String> rewrite(String query, TableSchema schema) {
    String replaced =
        schema.columns().stream()
            .filter(column -> column.type().isNested() && holdsTimestamp(column.type()))
            .map(
                column ->
                    "CAST(%1$s AS %2$s) AS %1$s"
                        .formatted(column.quotedName(), withText(column.type()).sql()))
            .collect(Collectors.joining(", "));
    return replaced.isEmpty()
        ? Optional.empty()
        : Optional.of("SELECT * REPLACE (" + replaced + ") FROM " + Sql.relation(query));
  }

  /** Reads {@code 2024-09-29 02:50:00.123456}. */
  static LocalDateTime parse(String text) {
    return LocalDateTime.parse(text.replace(' ', 'T'));
  }

  private static boolean holdsTimestamp(DataType type) {
    if (type instanceof ListOf list) {
      return holdsTimestamp(list.element());
    }
    if (type instanceof MapOf map) {
      return holdsTimestamp(map.key()) || holdsTimestamp(map.value());
    }
    if (type instanceof Struct struct) {
      return struct.fields().stream().anyMatch(field -> holdsTimestamp(field.type()));
    }
    return type == Primitive.TIMESTAMP;
  }

  private static DataType withText(DataType type) {
    if (type instanceof ListOf list) {
      return new ListOf(withText(list.element()));
    }
    if (type instanceof MapOf map) {
      return new MapOf(withText(map.key()), withText(map.value()));
    }
    if (type instanceof Struct struct) {
      return new Struct(
          struct.fields().stream()
              .map(field -> new Column(field.name(), withText(field.type())))
              .toList());
    }
    return type == Primitive.TIMESTAMP ? Primitive.TEXT : type;
  }
}
