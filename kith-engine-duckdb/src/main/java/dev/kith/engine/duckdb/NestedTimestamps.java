package dev.kith.engine.duckdb;

import dev.kith.model.type.Column;
import dev.kith.model.type.DataType;
import dev.kith.model.type.DataType.ListOf;
import dev.kith.model.type.DataType.MapOf;
import dev.kith.model.type.DataType.Primitive;
import dev.kith.model.type.DataType.Struct;
import dev.kith.model.type.TableSchema;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Times inside lists, structs and maps. The driver gives local ones as java.sql.Timestamp, which
 * moves those that the machine's zone skips, and instants with an offset that is wrong by an hour
 * around the machine's changes of clocks; so both are read as text.
 */
final class NestedTimestamps {

  private static final String BEFORE_CHRIST = " (BC)";

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

  /**
   * Reads {@code 2024-09-29 02:50:00.123456+12:45}, a time in the session's zone. The offset only
   * decides between two occurrences of a local time: it lacks the seconds of offsets before 1900.
   */
  static Instant parseInstant(String text, ZoneId zone) {
    boolean beforeChrist = text.endsWith(BEFORE_CHRIST);
    int end = text.length() - (beforeChrist ? BEFORE_CHRIST.length() : 0);
    int offset = Math.max(text.lastIndexOf('+', end - 1), text.lastIndexOf('-', end - 1));
    LocalDateTime local = parse(text.substring(0, offset));
    LocalDateTime dated = beforeChrist ? local.withYear(1 - local.getYear()) : local;
    return ZonedDateTime.ofLocal(dated, zone, ZoneOffset.of(text.substring(offset, end)))
        .toInstant();
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
    return isTime(type);
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
    return isTime(type) ? Primitive.TEXT : type;
  }

  private static boolean isTime(DataType type) {
    return type == Primitive.TIMESTAMP || type == Primitive.INSTANT;
  }
}
