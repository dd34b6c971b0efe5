package dev.kith.sources;

import dev.kith.model.type.Column;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A source's own columns as the rows have them that are there already.
 *
 * @param earlierNames of columns that are declared as renamed, by their names of now
 */
record StoredColumns(List<Column> columns, Map<String, String> earlierNames) {

  StoredColumns {
    columns = List.copyOf(columns);
    earlierNames = Map.copyOf(earlierNames);
  }

  boolean has(String name) {
    return columns.stream().anyMatch(column -> column.name().equalsIgnoreCase(name));
  }

  /**
   * A list for SELECT, of all that is wanted: what was renamed since has its earlier values, what
   * is new is NULL.
   */
  String select(String alias, List<Column> wanted) {
    return wanted.stream().map(column -> select(alias, column)).collect(Collectors.joining(", "));
  }

  private String select(String alias, Column column) {
    if (has(column.name())) {
      return alias + "." + column.quotedName();
    }
    String value =
        Optional.ofNullable(earlierNames.get(column.name()))
            .filter(this::has)
            .map(name -> alias + "." + Sql.quote(name))
            .orElse("CAST(NULL AS " + column.type().sql() + ")");
    return value + " AS " + column.quotedName();
  }
}
