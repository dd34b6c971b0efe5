package dev.kith.benchmarks;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;

/** A plain DuckDB, without any of Kith. */
final class Duck implements AutoCloseable {

  private final Connection connection;

  Duck() throws SQLException {
    connection = DriverManager.getConnection("jdbc:duckdb:");
    execute("SET autoinstall_known_extensions = false; SET autoload_known_extensions = false");
    execute("SET TimeZone = 'UTC'");
  }

  /** Runs one or more statements. */
  void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** For a statement whose result is read. */
  Statement statement() throws SQLException {
    return connection.createStatement();
  }

  static String quoted(Path file) {
    return "'" + file.toString().replace("'", "''") + "'";
  }

  static String list(List<Path> files) {
    return files.stream().map(Duck::quoted).collect(Collectors.joining(", "));
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
