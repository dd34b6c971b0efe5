package dev.kith.run.testing;

import dev.kith.model.type.Column;
import dev.kith.model.type.DataType;
import dev.kith.model.type.DataType.ListOf;
import dev.kith.model.type.DataType.MapOf;
import dev.kith.model.type.DataType.Struct;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** When a value is the one that a test expects. */
final class ValueEquality {

  /** Of doubles, relative to the greater one. */
  private static final double TOLERANCE = 1e-9;

  private ValueEquality() {}

  /** Of two values of a type; of structs only the fields that the expected one has. */
  static boolean equal(@Nullable Object expected, @Nullable Object actual, DataType type) {
    if (expected == null || actual == null) {
      return expected == actual;
    }
    if (type.isFloatingPoint()) {
      return near(((Number) expected).doubleValue(), ((Number) actual).doubleValue());
    }
    if (expected instanceof BigDecimal decimal) {
      return decimal.compareTo((BigDecimal) actual) == 0;
    }
    if (expected instanceof byte[] bytes) {
      return Arrays.equals(bytes, (byte[]) actual);
    }
    if (type instanceof ListOf list) {
      return lists((List<?>) expected, (List<?>) actual, list.element());
    }
    if (type instanceof Struct struct) {
      return structs((Map<?, ?>) expected, (Map<?, ?>) actual, struct);
    }
    if (type instanceof MapOf map) {
      return maps((Map<?, ?>) expected, (Map<?, ?>) actual, map);
    }
    return expected.equals(actual);
  }

  private static boolean near(double a, double b) {
    return Double.compare(a, b) == 0
        || a == b
        || Math.abs(a - b) <= TOLERANCE * Math.max(Math.abs(a), Math.abs(b));
  }

  private static boolean lists(List<?> expected, List<?> actual, DataType element) {
    if (expected.size() != actual.size()) {
      return false;
    }
    for (int i = 0; i < expected.size(); i++) {
      if (!equal(expected.get(i), actual.get(i), element)) {
        return false;
      }
    }
    return true;
  }

  private static boolean structs(Map<?, ?> expected, Map<?, ?> actual, Struct struct) {
    for (Column field : struct.fields()) {
      String name = field.name();
      if (expected.containsKey(name)
          && !equal(expected.get(name), actual.get(name), field.type())) {
        return false;
      }
    }
    return true;
  }

  private static boolean maps(Map<?, ?> expected, Map<?, ?> actual, MapOf type) {
    return expected.size() == actual.size()
        && expected.entrySet().stream()
            .allMatch(
                entry ->
                    actual.entrySet().stream()
                        .anyMatch(
                            other ->
                                equal(entry.getKey(), other.getKey(), type.key())
                                    && equal(entry.getValue(), other.getValue(), type.value())));
  }
}
