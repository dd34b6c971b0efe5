package dev.kith.measures;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A row of a random table of events.
 *
 * @param table {@code events} or {@code visits}
 */
record Event(
    String table,
    @Nullable Long person,
    @Nullable Long friend,
    @Nullable Instant at,
    @Nullable Integer number,
    @Nullable BigDecimal amount,
    @Nullable Integer quantity,
    @Nullable Long big,
    @Nullable Double score,
    @Nullable String name,
    @Nullable Boolean flag,
    @Nullable LocalDate day) {

  /** How a table keeps the time. */
  enum AtType {
    TIMESTAMPTZ,
    TIMESTAMP,
    DATE
  }

  static String[] columns(AtType at) {
    return new String[] {
      "person",
      "BIGINT",
      "friend",
      "BIGINT",
      "happened",
      at.name(),
      "number",
      "INTEGER",
      "amount",
      "DECIMAL(9,2)",
      "quantity",
      "INTEGER",
      "big",
      "BIGINT",
      "score",
      "DOUBLE",
      "name",
      "VARCHAR",
      "flag",
      "BOOLEAN",
      "day",
      "DATE"
    };
  }

  String row(AtType type, ZoneId zone) {
    return Stream.of(
            literal(person),
            literal(friend),
            time(type, zone),
            literal(number),
            literal(amount),
            literal(quantity),
            literal(big),
            literal(score),
            name == null ? "NULL" : "'" + name + "'",
            literal(flag),
            day == null ? "NULL" : "DATE '" + day + "'")
        .collect(Collectors.joining(", ", "(", ")"));
  }

  private static String literal(@Nullable Object value) {
    return String.valueOf(value);
  }

  private String time(AtType type, ZoneId zone) {
    if (at == null) {
      return "NULL";
    }
    return switch (type) {
      case TIMESTAMPTZ -> "TIMESTAMPTZ '" + at + "'";
      case TIMESTAMP -> "TIMESTAMP '" + at.atZone(zone).toLocalDateTime() + "'";
      case DATE -> "DATE '" + at.atZone(zone).toLocalDate() + "'";
    };
  }

  /** All columns but the time, in the order of the schema. */
  List<@Nullable Object> values() {
    return Arrays.asList(person, friend, number, amount, quantity, big, score, name, flag, day);
  }

  /** The same of somebody else. */
  Event of(@Nullable Long other) {
    return new Event(
        table, other, friend, at, number, amount, quantity, big, score, name, flag, day);
  }

  /** The same at another time. */
  Event at(@Nullable Instant other) {
    return new Event(
        table, person, friend, other, number, amount, quantity, big, score, name, flag, day);
  }

  /** The same under another id. */
  Event numbered(@Nullable Integer other) {
    return new Event(
        table, person, friend, at, other, amount, quantity, big, score, name, flag, day);
  }

  @Nullable Object value(String column) {
    return switch (column) {
      case "person" -> person;
      case "friend" -> friend;
      case "happened" -> at;
      case "number" -> number;
      case "amount" -> amount;
      case "quantity" -> quantity;
      case "big" -> big;
      case "score" -> score;
      case "name" -> name;
      case "flag" -> flag;
      case "day" -> day;
      default -> throw new IllegalArgumentException(column);
    };
  }
}
