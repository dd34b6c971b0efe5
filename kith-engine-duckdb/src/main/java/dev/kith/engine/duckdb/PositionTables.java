package dev.kith.engine.duckdb;

import dev.kith.lake.RowPositions;
import java.sql.SQLException;
import java.util.List;
import org.duckdb.DuckDBAppender;

/** Positions of rows in files, as tables of a session that scans join with. */
final class PositionTables {

  /** A schema of the session's catalog for tables that no statement of the user's names. */
  static final String SCHEMA = "__kith";

  private final Statements statements;
  private final String catalog;
  private int count;

  PositionTables(Statements statements, String catalog) {
    this.statements = statements;
    this.catalog = catalog;
  }

  /** A name in the hidden schema that is not taken. */
  String newName(String prefix) {
    return catalog + "." + SCHEMA + "." + prefix + ++count;
  }

  /**
   * Makes a table with the columns file and position.
   *
   * @param positions of the files in order
   * @return its full name
   */
  String create(List<RowPositions> positions) {
    String name = newName("p");
    statements.execute(
        "the positions of rows", "CREATE TABLE " + name + " (file UBIGINT, position BIGINT)");
    String table = name.substring(name.lastIndexOf('.') + 1);
    try (DuckDBAppender appender = statements.connection().createAppender(catalog, SCHEMA, table)) {
      for (int file = 0; file < positions.size(); file++) {
        append(appender, file, positions.get(file));
      }
    } catch (SQLException e) {
      throw Faults.of(e, "the positions of rows");
    }
    return name;
  }

  private static void append(DuckDBAppender appender, long file, RowPositions positions)
      throws SQLException {
    for (long position : positions.toArray()) {
      appender.beginRow();
      appender.append(file);
      appender.append(position);
      appender.endRow();
    }
  }

  void drop(String name) {
    statements.execute("a temporary table", "DROP TABLE IF EXISTS " + name);
  }
}
