package dev.kith.engine.duckdb;

import dev.kith.lake.RowPositions;
import dev.kith.lake.ScanFile;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** Positions of rows in files, as tables of a session that scans join with. */
final class PositionTables {

  /** A schema of the session's catalog for tables that no statement of the user's names. */
  static final String SCHEMA = "__kith";

  private static final String SUBJECT = "the positions of rows";

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

  /** Positions in a file. */
  record OfFile(ScanFile file, RowPositions positions) {}

  /**
   * Makes a table with a row for each file: its number, and a bit for each of its rows. DuckDB
   * looks a bit up several times as fast as it joins with a row for each position, and a session is
   * told bits a hundred times as fast as rows.
   *
   * @param files from number 0 on
   * @return its full name
   */
  String create(List<OfFile> files) {
    String name = newName("p");
    statements.execute(SUBJECT, "CREATE TABLE " + name + " (file UBIGINT, bits BIT)");
    String insert = "INSERT INTO " + name + " SELECT ?, CAST(CAST(? AS BLOB) AS BIT)";
    try (PreparedStatement statement = statements.connection().prepareStatement(insert)) {
      for (int number = 0; number < files.size(); number++) {
        OfFile each = files.get(number);
        statement.setLong(1, number);
        statement.setBytes(2, each.positions().toBytes(each.file().rows()));
        statement.executeUpdate();
      }
    } catch (SQLException e) {
      throw Faults.of(e, SUBJECT);
    }
    return name;
  }

  void drop(String name) {
    statements.execute("a temporary table", "DROP TABLE IF EXISTS " + name);
  }
}
