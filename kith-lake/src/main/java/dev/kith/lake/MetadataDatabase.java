package dev.kith.lake;

import dev.kith.model.KithException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.sqlite.JDBC;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;
import org.sqlite.SQLiteOpenMode;

/**
 * The SQLite file that holds Iceberg's catalog tables and Kith's own. Its {@code user_version} says
 * which migrations it has seen. One connection, used by one thread at a time; other processes may
 * have theirs.
 */
final class MetadataDatabase implements AutoCloseable {

  /** How long a write waits for those of other processes; each takes milliseconds. */
  static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final String BUSY_TIMEOUT = "busy_timeout";
  private static final String PATIENCE_MILLIS = Long.toString(PATIENCE.toMillis());

  /** Of every connection; WAL lets others read while one writes. */
  private static final Map<String, String> PRAGMAS =
      Map.of("journal_mode", "WAL", BUSY_TIMEOUT, PATIENCE_MILLIS, "foreign_keys", "true");

  private static final Map<String, String> READ_ONLY_PRAGMAS =
      Map.of(BUSY_TIMEOUT, PATIENCE_MILLIS);

  private static final int NEWEST = Migrations.ALL.size();

  /** Work with the connection. */
  @FunctionalInterface
  interface Work<T> {
    T run(Connection connection) throws SQLException;
  }

  private final Path file;
  private final Connection connection;
  private final Fence fence;

  private MetadataDatabase(Path file, Connection connection, Fence fence) {
    this.file = file;
    this.connection = connection;
    this.fence = fence;
  }

  static String url(Path file) {
    return "jdbc:sqlite:" + file;
  }

  /** Opens the database, or makes an empty one where there is none. */
  static MetadataDatabase open(Path file, Fence fence) {
    return LakeFaults.during(
        "open the metadata database", file.toString(), () -> connect(file, fence));
  }

  /**
   * Opens a database that exists, and never writes to it. One of an older version is read by way of
   * a copy in memory that is brought to the newest.
   */
  static MetadataDatabase openReadOnly(Path file) {
    return LakeFaults.during(
        "open the metadata database", file.toString(), () -> connectReadOnly(file));
  }

  private static MetadataDatabase connect(Path file, Fence fence) throws IOException, SQLException {
    Path folder = file.getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    Connection connection = newConnection(file);
    try {
      MetadataDatabase database = new MetadataDatabase(file, connection, fence);
      database.migrate();
      return database;
    } catch (RuntimeException | SQLException e) {
      connection.close();
      throw e;
    }
  }

  private static MetadataDatabase connectReadOnly(Path file) throws SQLException {
    Connection connection = newReadOnlyConnection(file);
    try {
      MetadataDatabase database = new MetadataDatabase(file, connection, new Fence());
      if (database.version() == NEWEST) {
        return database;
      }
      MetadataDatabase copy =
          new MetadataDatabase(
              file, JDBC.createConnection(url(Path.of(":memory:")), new Properties()), new Fence());
      copy.execute("RESTORE FROM '" + file.toString().replace("'", "''") + "'");
      copy.migrate();
      connection.close();
      return copy;
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

  static Connection newReadOnlyConnection(Path file) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(true);
    config.resetOpenMode(SQLiteOpenMode.CREATE);
    Properties properties = config.toProperties();
    properties.putAll(READ_ONLY_PRAGMAS);
    return JDBC.createConnection(url(file), properties);
  }

  /**
   * In a transaction that starts as a writer, so that it cannot fail half-way for being late; fails
   * if the lease is lost that the warehouse works under.
   */
  <T> T write(String action, Work<T> work) {
    return writeUnfenced(
        action,
        writer -> {
          fence.check(writer);
          return work.run(writer);
        });
  }

  /** As {@link #write}, for what may be written whoever has the lease. */
  synchronized <T> T writeUnfenced(String action, Work<T> work) {
    return LakeFaults.during(action, file.toString(), () -> transaction(work));
  }

  /** As {@link #writeUnfenced}; gives nothing if others keep the database locked for so long. */
  synchronized <T> Optional<T> tryWrite(String action, Duration patience, Work<T> work) {
    return LakeFaults.during(
        action,
        file.toString(),
        () -> {
          waitForOthers(patience);
          try {
            return Optional.of(transaction(work));
          } catch (SQLiteException e) {
            if (!isLocked(e)) {
              throw e;
            }
            return Optional.empty();
          } finally {
            waitForOthers(PATIENCE);
          }
        });
  }

  private void waitForOthers(Duration patience) throws SQLException {
    execute("PRAGMA " + BUSY_TIMEOUT + " = " + patience.toMillis());
  }

  private static boolean isLocked(SQLiteException e) {
    return (e.getResultCode().code & 0xff) == SQLiteErrorCode.SQLITE_BUSY.code;
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
    if (version() == NEWEST) {
      return;
    }
    transaction(
        writer -> {
          int version = version();
          if (version > NEWEST) {
            throw KithException.project(
                    LakeCode.NEWER_FORMAT,
                    file.toString(),
                    "Cannot open the metadata database '"
                        + file
                        + "': its version is "
                        + version
                        + ", this Kith knows versions up to "
                        + NEWEST)
                .withHelp("use the version of Kith that wrote it, or a later one");
          }
          for (List<String> migration : Migrations.ALL.subList(version, NEWEST)) {
            for (String statement : migration) {
              execute(statement);
            }
          }
          execute("PRAGMA user_version = " + NEWEST);
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
