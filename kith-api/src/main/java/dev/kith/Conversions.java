package dev.kith;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Values of columns in the types that Java code asks for, where nothing is lost without notice. */
final class Conversions {

  private Conversions() {}

  /**
   * A value, or null for NULL.
   *
   * @param type of a component of a record
   * @param column for messages
   */
  static @Nullable Object component(Type type, @Nullable Object value, String column) {
    if (type instanceof ParameterizedType generic) {
      return generic(generic, value, column);
    }
    Class<?> plain = (Class<?>) type;
    if (plain == Optional.class) {
      return Optional.ofNullable(value);
    }
    if (value != null) {
      return to(plain, value, column);
    }
    if (plain.isPrimitive()) {
      throw new IllegalArgumentException(
          "Cannot take NULL of '%s' as %s: declare it Optional".formatted(column, plain));
    }
    return null;
  }

  private static @Nullable Object generic(
      ParameterizedType type, @Nullable Object value, String column) {
    Type element = type.getActualTypeArguments()[0];
    if (type.getRawType() == Optional.class) {
      return Optional.ofNullable(value).map(present -> component(element, present, column));
    }
    if (type.getRawType() == List.class && value instanceof List<?> list) {
      List<@Nullable Object> elements = new ArrayList<>(list.size());
      list.forEach(one -> elements.add(component(element, one, column)));
      return elements;
    }
    return value == null ? null : to((Class<?>) type.getRawType(), value, column);
  }

  /**
   * A value that is not NULL.
   *
   * @throws IllegalArgumentException if it is none of the type
   */
  static Object to(Class<?> type, Object value, String column) {
    if (type.isInstance(value)) {
      return value;
    }
    if (value instanceof Number number) {
      Object found = number(type, number);
      if (found != null) {
        return found;
      }
    }
    if (type == boolean.class && value instanceof Boolean) {
      return value;
    }
    if (type.isRecord() && value instanceof Map<?, ?> fields) {
      return struct(type.asSubclass(Record.class), fields);
    }
    throw new IllegalArgumentException(
        "Cannot take '%s' as %s: its values are of type %s"
            .formatted(column, type.getSimpleName(), value.getClass().getSimpleName()));
  }

  private static @Nullable Object number(Class<?> type, Number value) {
    boolean whole = value instanceof Integer || value instanceof Long;
    if (type == double.class || type == Double.class) {
      return value.doubleValue();
    }
    if (whole && (type == long.class || type == Long.class)) {
      return value.longValue();
    }
    if (whole && (type == int.class || type == Integer.class)) {
      return Math.toIntExact(value.longValue());
    }
    if (type == float.class && value instanceof Float) {
      return value;
    }
    return whole && type == BigDecimal.class ? BigDecimal.valueOf(value.longValue()) : null;
  }

  private static <T extends Record> T struct(Class<T> type, Map<?, ?> fields) {
    Map<String, @Nullable Object> byName = new LinkedHashMap<>();
    fields.forEach((name, value) -> byName.put(String.valueOf(name), value));
    return RecordMapping.of(type, List.copyOf(byName.keySet()))
        .record(new ArrayList<>(byName.values()));
  }
}
