package dev.kith.engine.duckdb;

import dev.kith.engine.EngineCode;
import dev.kith.model.KithException;
import dev.kith.model.type.Column;
import dev.kith.model.type.DataType;
import dev.kith.model.type.DataType.Primitive;
import dev.kith.model.type.TableSchema;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The columns of a query. */
final class ResultSchema {

  /** DuckDB's name for the type of a bare NULL. */
  private static final String UNTYPED = "\"NULL\"";

  private ResultSchema() {}

  /**
   * For reading: types that Kith lacks are read as text, and of columns with one name all but the
   * first get a number.
   */
  static TableSchema lenient(ResultSetMetaData meta) throws SQLException {
    Set<String> taken = new HashSet<>();
    List<Column> columns = new ArrayList<>();
    for (int i = 1; i <= meta.getColumnCount(); i++) {
      String name = meta.getColumnName(i);
      for (int n = 2; !taken.add(name.toLowerCase(Locale.ROOT)); n++) {
        name = meta.getColumnName(i) + "_" + n;
      }
      columns.add(new Column(name, parse(meta.getColumnTypeName(i)).orElse(Primitive.TEXT)));
    }
    return new TableSchema(columns);
  }

  /** For tables: every type can be stored. */
  static TableSchema strict(List<Described> columns) {
    List<Column> typed = new ArrayList<>();
    for (Described column : columns) {
      DataType type =
          parse(column.type())
              .orElseThrow(
                  () ->
                      KithException.project(
                              EngineCode.UNSUPPORTED_TYPE,
                              column.name(),
                              "Cannot store a column of type "
                                  + column.type()
                                  + ": '"
                                  + column.name()
                                  + "'")
                          .withHelp("cast it in the query"));
      typed.add(new Column(column.name(), type));
    }
    return new TableSchema(typed);
  }

  /**
   * A row of DuckDB's DESCRIBE.
   *
   * @param type as DuckDB spells it
   */
  record Described(String name, String type) {}

  /** A bare NULL becomes what DuckDB itself makes of it in a table. */
  private static Optional<DataType> parse(String type) {
    return type.equals(UNTYPED) ? Optional.of(Primitive.INTEGER) : DataType.parse(type);
  }
}
