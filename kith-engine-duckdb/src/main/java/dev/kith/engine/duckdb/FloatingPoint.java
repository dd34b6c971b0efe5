package dev.kith.engine.duckdb;

import dev.kith.model.type.DataType;
import dev.kith.model.type.DataType.ListOf;
import dev.kith.model.type.DataType.MapOf;
import dev.kith.model.type.DataType.Struct;

/** Types whose values may be equal in SQL and not the same. */
final class FloatingPoint {

  private FloatingPoint() {}

  /** Whether the type is one, or holds one at any depth. */
  static boolean isWithin(DataType type) {
    if (type instanceof ListOf list) {
      return isWithin(list.element());
    }
    if (type instanceof MapOf map) {
      return isWithin(map.key()) || isWithin(map.value());
    }
    if (type instanceof Struct struct) {
      return struct.fields().stream().anyMatch(field -> isWithin(field.type()));
    }
    return type.isFloatingPoint();
  }
}
