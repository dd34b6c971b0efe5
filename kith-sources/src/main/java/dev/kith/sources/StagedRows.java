package dev.kith.sources;

import dev.kith.model.type.Column;
import dev.kith.model.type.TableSchema;
import dev.kith.sources.RowLoader.Part;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The rows of a batch before anything is taken of them.
 *
 * @param table the name of a relation with {@code columns}, and {@code _file} and {@code _line},
 *     which name a row and order rows as they were read
 * @param columns the source's, in their final types
 * @param originSql an expression over {@code _file} and {@code _line} that gives the origin
 */
record StagedRows(String table, TableSchema columns, String originSql) {

  /** The names that tell a row of the batch from all others. */
  static final List<String> ROW = List.of(RowLoader.FILE.name(), RowLoader.LINE.name());

  static final String ORDER = "_file, _line";

  /** A query that puts the temporary tables of a loader together. */
  static String union(List<Part> parts, TableSchema columns) {
    if (parts.isEmpty()) {
      return "SELECT "
          + Sql.padded("none", columns.columns(), List.of())
          + (columns.columns().isEmpty() ? "" : ", ")
          + "0 AS _file, 0::BIGINT AS _line WHERE false";
    }
    return parts.stream()
        .map(
            part ->
                "SELECT "
                    + comma(Sql.padded("p", columns.columns(), part.columns()))
                    + "p._file, p._line FROM "
                    + part.table()
                    + " p")
        .collect(Collectors.joining(" UNION ALL "));
  }

  /** An origin of texts that a row's number is appended to, by the number of the file. */
  static String originOf(List<String> prefixes) {
    return prefixes.size() == 1
        ? Sql.literal(prefixes.get(0)) + " || _line"
        : prefixes.stream().map(Sql::literal).collect(Collectors.joining(", ", "([", "])"))
            + "[_file + 1] || _line";
  }

  List<String> names() {
    return columns.columns().stream().map(Column::name).toList();
  }

  /** {@code "a" := "a", ...}: the row as the fields of a struct. */
  String namedValues() {
    return names().isEmpty()
        ? "_line := _line"
        : names().stream()
            .map(name -> Sql.quote(name) + " := " + Sql.quote(name))
            .collect(Collectors.joining(", "));
  }

  static String comma(String columns) {
    return columns.isEmpty() ? "" : columns + ", ";
  }
}
