package dev.kith.sql;

import dev.kith.model.type.Column;
import dev.kith.model.type.DataType;
import dev.kith.model.type.DataType.ListOf;
import dev.kith.model.type.DataType.Struct;
import java.util.List;
import java.util.Optional;

/**
 * A column on its way through a query.
 *
 * @param name empty if the engine makes one up
 * @param type as far as it is known
 */
record Traced(String name, Optional<DataType> type, Derivation derivation) {

  static Traced untyped(String name, Derivation derivation) {
    return new Traced(name, Optional.empty(), derivation);
  }

  boolean isCalled(String other) {
    return name.equalsIgnoreCase(other);
  }

  Traced named(String other) {
    return new Traced(other, type, derivation);
  }

  Traced with(Derivation more) {
    return new Traced(name, type, derivation.with(more));
  }

  /** A field of it, and of that a field, and so on; the column itself if there are no names. */
  Traced field(List<String> path) {
    if (path.isEmpty()) {
      return this;
    }
    Optional<DataType> found = type;
    for (String each : path) {
      found = found.flatMap(whole -> fields(whole)).flatMap(fields -> type(fields, each));
    }
    return new Traced(path.get(path.size() - 1), found, derivation.as(Influence.TRANSFORMATION));
  }

  /** All fields of a struct; nothing if it is not known to be one. */
  Optional<List<Traced>> fields() {
    return type.flatMap(Traced::fields)
        .map(fields -> fields.stream().map(field -> field(List.of(field.name()))).toList());
  }

  /** An element of a list. */
  Traced element() {
    Optional<DataType> inner =
        type.flatMap(
            t -> t instanceof ListOf list ? Optional.of(list.element()) : Optional.empty());
    return new Traced(name, inner, derivation.as(Influence.TRANSFORMATION));
  }

  private static Optional<List<Column>> fields(DataType type) {
    return type instanceof Struct struct ? Optional.of(struct.fields()) : Optional.empty();
  }

  private static Optional<DataType> type(List<Column> fields, String name) {
    return fields.stream()
        .filter(field -> field.name().equalsIgnoreCase(name))
        .map(Column::type)
        .findFirst();
  }
}
