package dev.kith.model.type;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Columns in order; names are unique without regard to case. */
public record TableSchema(List<Column> columns) {

  public TableSchema {
    columns = List.copyOf(columns);
    Set<String> seen = new HashSet<>();
    for (Column column : columns) {
      if (!seen.add(column.name().toLowerCase(Locale.ROOT))) {
        throw new IllegalArgumentException("Cannot name two columns alike: " + column.name());
      }
    }
  }

  public static TableSchema of(Column... columns) {
    return new TableSchema(List.of(columns));
  }

  /** The column of that name, without regard to case. */
  public Optional<Column> column(String name) {
    return columns.stream().filter(column -> column.name().equalsIgnoreCase(name)).findFirst();
  }

  public boolean has(String name) {
    return column(name).isPresent();
  }

  public List<String> names() {
    return columns.stream().map(Column::name).toList();
  }

  /** {@code "a" BIGINT, "b" VARCHAR}: the columns as in a CREATE TABLE. */
  public String sql() {
    return columns.stream().map(Column::toString).collect(Collectors.joining(", "));
  }
}
