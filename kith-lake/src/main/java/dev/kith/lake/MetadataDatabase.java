package dev.kith.lake;

import dev.kith.model.KithException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.sqlite.JDBC;

/**
 * The SQLite file that holds Iceberg's catalog tables and Kith's own. Its {@code user_version} says
 * which migrations it has seen. One connection, used by one thread at a time; other processes may
 * have theirs.
 */
final class MetadataDatabase implements AutoCloseable {

  /** Of every connection; WAL lets others read while one writes. */
  private static final Map<String, String> PRAGMAS =
      Map.of("journal_mode", "WAL", "busy_timeout", "30000", "foreign_keys", "true");

  /** The n-th brings a database of version n to n + 1; never changed once released. */
  private static final List<List<String>> MIGRATIONS =
      List.of(
          List.of(
              "CREATE TABLE kith_releases (id TEXT PRIMARY KEY, environment TEXT NOT NULL,"
                  + " sequence INTEGER NOT NULL, parent TEXT NOT NULL, created_at TEXT NOT NULL,"
                  + " run TEXT NOT NULL, manifest TEXT NOT NULL,"
                  + " UNIQUE (environment, parent), UNIQUE (environment, sequence))",
              "CREATE TABLE kith_runs (id TEXT PRIMARY KEY, started_at TEXT NOT NULL,"
                  + " finished_at TEXT, status TEXT NOT NULL, kith_version TEXT NOT NULL,"
                  + " engine_version TEXT NOT NULL)"));

  /** Work with the connection. */
  @FunctionalInterface
  interface Work<T> {
    T run(Connection connection) throws SQLException;
  }

  private final Path file;
  private final Connection connection;

  private MetadataDatabase(Path file, Connection connection) {
    this.file = file;
    this.connection = connection;
  }

  static String url(Path file) {
    return "jdbc:sqlite:" + file;
  }

  static MetadataDatabase open(Path file) {
    return LakeFaults.during("open the metadata database", file.toString(), () -> connect(file));
  }

  private static MetadataDatabase connect(Path file) throws IOException, SQLException {
    Path folder = file.getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    Connection connection = newConnection(file);
    try {
      MetadataDatabase database = new MetadataDatabase(file, connection);
      database.migrate();
      return database;
    } catch (RuntimeException | SQLException e) {
      connection.close();
      throw e;
    }
  }

  /** Straight from SQLite's driver: DriverManager would first load all others there are. */
  static Connection newConnection(Path file) throws SQLException {
    Properties properties = new Properties();
    properties.putAll(PRAGMAS);
    return JDBC.createConnection(url(file), properties);
  }

  /** In a transaction that starts as a writer, so that it cannot fail half-way for being late. */
  synchronized <T> T write(String action, Work<T> work) {
    return LakeFaults.during(action, file.toString(), () -> transaction(work));
  }

  synchronized <T> T read(String action, Work<T> work) {
    return LakeFaults.during(action, file.toString(), () -> work.run(connection));
  }

  private <T> T transaction(Work<T> work) throws SQLException {
    execute("BEGIN IMMEDIATE");
    try {
      T result = work.run(connection);
      execute("COMMIT");
      return result;
    } catch (RuntimeException | SQLException e) {
      try {
        execute("ROLLBACK");
      } catch (SQLException rollback) {
        e.addSuppressed(rollback); // SQLite has rolled back by itself where the disk is full
      }
      throw e;
    }
  }

  private void migrate() throws SQLException {
    if (version() == MIGRATIONS.size()) {
      return;
    }
    transaction(
        writer -> {
          int version = version();
          if (version > MIGRATIONS.size()) {
            throw KithException.project(
                    LakeCode.NEWER_FORMAT,
                    file.toString(),
                    "Cannot open the metadata database '"
                        + file
                        + "': its version is "
                        + version
                        + ", this Kith knows versions up to "
                        + MIGRATIONS.size())
                .withHelp("use the version of Kith that wrote it, or a later one");
          }
          for (List<String> migration : MIGRATIONS.subList(version, MIGRATIONS.size())) {
            for (String statement : migration) {
              execute(statement);
            }
          }
          execute("PRAGMA user_version = " + MIGRATIONS.size());
          return true;
        });
  }

  private int version() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("PRAGMA user_version")) {
      return rows.next() ? rows.getInt(1) : 0;
    }
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public synchronized void close() {
    LakeFaults.during(
        "close the metadata database",
        file.toString(),
        () -> {
          connection.close();
          return true;
        });
  }
}
