package dev.kith;

import dev.kith.engine.Rows;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A row of a result.
 *
 * <p>Values are of the Java types that stand for those of columns: Boolean, Integer, Long, Float,
 * Double, BigDecimal, String, byte[], LocalDate, LocalTime, LocalDateTime, Instant, UUID, List, and
 * Map for both maps and structs. Names of columns are taken without regard to case.
 */
public final class Row {

  private final Header header;
  private final List<@Nullable Object> values;

  /** What the rows of a result share. */
  static final class Header {

    private final List<String> names;
    private final Map<String, Integer> places = new LinkedHashMap<>();

    Header(List<String> names) {
      this.names = List.copyOf(names);
      for (String name : names) {
        places.put(name.toLowerCase(Locale.ROOT), places.size());
      }
    }
  }

  private Row(Header header, List<@Nullable Object> values) {
    this.header = header;
    this.values = Collections.unmodifiableList(values);
  }

  /** The current one. */
  static Row of(Rows rows) {
    return of(new Header(rows.schema().names()), rows);
  }

  static Row of(Header header, Rows rows) {
    List<@Nullable Object> values = new ArrayList<>(header.names.size());
    for (int column = 0; column < header.names.size(); column++) {
      values.add(rows.value(column));
    }
    return new Row(header, values);
  }

  /** The names of the columns, in order. */
  public List<String> names() {
    return header.names;
  }

  /** The values, in the order of the columns. */
  public List<@Nullable Object> values() {
    return values;
  }

  /**
   * The value of a column; null for NULL.
   *
   * @throws IllegalArgumentException if there is no column of that name
   */
  public @Nullable Object value(String column) {
    Integer place = header.places.get(column.toLowerCase(Locale.ROOT));
    if (place == null) {
      throw new IllegalArgumentException(
          "Cannot find a column '%s' among %s".formatted(column, String.join(", ", header.names)));
    }
    return values.get(place);
  }

  /**
   * The value of a column in a type; nothing for NULL. A whole number may be taken as a wider type,
   * any number as a {@code Double}.
   *
   * @throws IllegalArgumentException if there is no such column, or its values are of another type
   */
  public <T> Optional<T> value(String column, Class<T> type) {
    return Optional.ofNullable(value(column))
        .map(value -> type.cast(Conversions.to(type, value, column)));
  }

  /**
   * The row as a record, whose components are named as columns are: {@code spend30d} and {@code
   * spend_30d} both mean {@code spend_30d}. A component is of a type that {@link #value(String,
   * Class)} takes, a primitive, an {@code Optional}, or for structs a record, also in a {@code
   * List}.
   *
   * @throws IllegalArgumentException if a component fits no column, or NULL is no value of it
   */
  public <T extends Record> T as(Class<T> type) {
    return RecordMapping.of(type, header.names).record(this);
  }

  /** The values by the names of their columns, in order. */
  public Map<String, @Nullable Object> toMap() {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    for (int column = 0; column < values.size(); column++) {
      map.put(header.names.get(column), values.get(column));
    }
    return map;
  }

  /** For people who debug. */
  @Override
  public String toString() {
    return toMap().toString();
  }
}
