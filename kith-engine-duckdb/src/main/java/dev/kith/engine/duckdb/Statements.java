package dev.kith.engine.duckdb;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBPreparedStatement;
import org.jspecify.annotations.Nullable;

/** Runs statements on one connection, one after another; other threads may watch and stop them. */
final class Statements implements AutoCloseable {

  private final DuckDBConnection connection;
  private volatile @Nullable DuckDBPreparedStatement running;
  private volatile boolean cancelled;
  private volatile boolean stopped;

  Statements(DuckDBConnection connection) {
    this.connection = connection;
  }

  /** Reads the rows of a result. */
  interface Reader<T> {
    T read(ResultSet rows) throws SQLException;
  }

  /** Begins a new piece of work: an earlier {@link #cancel} is forgotten. */
  void begin() {
    cancelled = false;
  }

  DuckDBConnection connection() {
    return connection;
  }

  /**
   * @param subject what the statement is about, for messages
   */
  void execute(String subject, String sql) {
    try (Statement statement = start(subject)) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw Faults.of(e, subject);
    } finally {
      running = null;
    }
  }

  /** Gives how many rows the statement wrote. */
  long update(String subject, String sql) {
    try (Statement statement = start(subject)) {
      return statement.executeLargeUpdate(sql);
    } catch (SQLException e) {
      throw Faults.of(e, subject);
    } finally {
      running = null;
    }
  }

  <T> T query(String subject, String sql, Reader<T> reader) {
    try (Statement statement = start(subject);
        ResultSet rows = statement.executeQuery(sql)) {
      return reader.read(rows);
    } catch (SQLException e) {
      throw Faults.of(e, subject);
    } finally {
      running = null;
    }
  }

  /** The only value of a query with one row. */
  long number(String subject, String sql) {
    return query(
        subject,
        sql,
        rows -> {
          rows.next();
          return rows.getLong(1);
        });
  }

  /** Runs a statement of another connection, so that it can be watched and stopped. */
  <T> T watched(String subject, DuckDBPreparedStatement statement, Execution<T> execution)
      throws SQLException {
    running = statement;
    try {
      checkNotStopped(subject);
      return execution.run();
    } finally {
      running = null;
    }
  }

  /** Executes a statement. */
  interface Execution<T> {
    T run() throws SQLException;
  }

  /** 0 to 1, or negative where nothing runs or nothing is known. */
  double progress() {
    DuckDBPreparedStatement statement = running;
    if (statement == null) {
      return -1;
    }
    try {
      double percent = statement.getQueryProgress().getPercentage();
      return percent < 0 ? -1 : Math.min(1, percent / 100);
    } catch (SQLException e) {
      return -1; // it has just ended
    }
  }

  /** Stops the running statement; those that belong to the same piece of work don't start. */
  void cancel() {
    cancelled = true;
    DuckDBPreparedStatement statement = running;
    if (statement != null) {
      Thread stopper = new Thread(() -> interrupt(statement), "kith-cancel");
      stopper.setDaemon(true);
      stopper.start();
    }
  }

  /** As {@link #cancel}, and no other work begins. */
  void stop() {
    stopped = true;
    cancel();
  }

  /** Again and again: DuckDB forgets an interrupt that comes before the statement has begun. */
  private void interrupt(DuckDBPreparedStatement statement) {
    try {
      while (running == statement) {
        statement.cancel();
        Thread.sleep(20);
      }
    } catch (SQLException e) {
      // It has just ended.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Statement start(String subject) throws SQLException {
    DuckDBPreparedStatement statement =
        connection.createStatement().unwrap(DuckDBPreparedStatement.class);
    running = statement;
    try {
      checkNotStopped(subject);
    } catch (RuntimeException e) {
      statement.close();
      throw e;
    }
    return statement;
  }

  private void checkNotStopped(String subject) {
    if (cancelled || stopped) {
      throw Faults.stopped(subject);
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw Faults.of(e, "a session");
    }
  }
}
