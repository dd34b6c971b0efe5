package dev.kith.engine.duckdb;

import dev.kith.engine.Rows;
import dev.kith.model.KithException;
import dev.kith.model.type.Column;
import dev.kith.model.type.TableSchema;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneId;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBPreparedStatement;
import org.jspecify.annotations.Nullable;

/** A streamed result, on a connection of its own so that other statements may run meanwhile. */
final class DuckDbRows implements Rows {

  private static final String SUBJECT = "the query";

  private final DuckDBConnection connection;
  private final DuckDBPreparedStatement statement;
  private final ResultSet rows;
  private final TableSchema schema;
  private final ZoneId zone;
  private volatile boolean stopped;

  private DuckDbRows(
      DuckDBConnection connection,
      DuckDBPreparedStatement statement,
      ResultSet rows,
      TableSchema schema,
      ZoneId zone) {
    this.connection = connection;
    this.statement = statement;
    this.rows = rows;
    this.schema = schema;
    this.zone = zone;
  }

  /**
   * Starts a query; the connection is closed with the rows, or now if it fails.
   *
   * @param zone the connection's
   * @param watch lets others watch and stop the statement
   */
  static DuckDbRows open(DuckDBConnection connection, String sql, ZoneId zone, Statements watch) {
    try {
      DuckDBPreparedStatement statement = connection.prepare(sql);
      TableSchema schema = ResultSchema.lenient(statement.getMetaData());
      String readable = NestedTimestamps.rewrite(sql, schema).orElse(sql);
      if (!readable.equals(sql)) {
        statement.close();
        statement = connection.prepare(readable);
      }
      ResultSet rows = execute(connection, statement, readable, watch);
      return new DuckDbRows(connection, statement, rows, schema, zone);
    } catch (SQLException e) {
      throw closed(connection, Faults.of(e, SUBJECT));
    } catch (KithException e) {
      throw closed(connection, e);
    }
  }

  private static ResultSet execute(
      DuckDBConnection connection, DuckDBPreparedStatement statement, String sql, Statements watch)
      throws SQLException {
    try {
      return watch.watched(SUBJECT, statement, statement::executeQuery);
    } catch (SQLException e) {
      if (!Faults.reasonIsLost(e)) {
        throw e;
      }
    }
    // It failed within its first rows; the same again without streaming says why.
    try (Statement setting = connection.createStatement()) {
      setting.execute("SET SESSION jdbc_stream_results = false");
    }
    DuckDBPreparedStatement again = connection.prepare(sql);
    return watch.watched(SUBJECT, again, again::executeQuery);
  }

  private static KithException closed(DuckDBConnection connection, KithException fault) {
    try {
      connection.close();
    } catch (SQLException e) {
      fault.addSuppressed(e);
    }
    return fault;
  }

  /** Lets the next row be a fault. The driver's own cancel only stops what is inside it. */
  void stop() {
    stopped = true;
  }

  boolean isClosed() {
    try {
      return connection.isClosed();
    } catch (SQLException e) {
      throw Faults.of(e, SUBJECT);
    }
  }

  @Override
  public TableSchema schema() {
    return schema;
  }

  @Override
  public boolean next() {
    if (stopped) {
      throw Faults.stopped(SUBJECT);
    }
    try {
      return rows.next();
    } catch (SQLException e) {
      throw Faults.of(e, SUBJECT);
    }
  }

  @Override
  public @Nullable Object value(int column) {
    Column wanted = schema.columns().get(column);
    try {
      return Values.read(rows, column + 1, wanted.type(), zone);
    } catch (SQLException e) {
      throw Faults.of(e, SUBJECT);
    }
  }

  @Override
  public void close() {
    try {
      rows.close();
      statement.close();
      connection.close();
    } catch (SQLException e) {
      throw Faults.of(e, SUBJECT);
    }
  }
}
