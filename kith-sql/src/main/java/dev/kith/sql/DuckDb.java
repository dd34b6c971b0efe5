package dev.kith.sql;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kith.model.KithException;
import dev.kith.model.type.TableSchema;
import dev.kith.sql.Description.Output;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An empty DuckDB in memory that sees no files, parses SQL and says what it would give. Opened by
 * its first use, since loading the library takes most of a second. For one thread.
 */
final class DuckDb implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String SERIALIZE =
      "SELECT json_serialize_sql(?::VARCHAR, skip_empty := true, skip_null := true)";

  private final ZoneId zone;
  private final Map<String, String> views = new HashMap<>();
  private @Nullable Connection connection;
  private @Nullable PreparedStatement serializer;

  DuckDb(ZoneId zone) {
    this.zone = zone;
  }

  /** The syntax tree, or {@code {"error": true, ...}}. */
  JsonNode serialize(String sql) {
    try {
      PreparedStatement statement = serializer;
      if (statement == null) {
        statement = connection().prepareStatement(SERIALIZE);
        serializer = statement;
      }
      statement.setString(1, sql);
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        return JSON.readTree(rows.getString(1));
      }
    } catch (SQLException | JsonProcessingException e) {
      throw failed("parse SQL", e);
    }
  }

  /**
   * Makes an empty view, unless it is there already. A table would have a column {@code rowid} that
   * the real ones lack.
   */
  void define(String name, TableSchema schema) {
    String columns =
        schema.columns().stream()
            .map(column -> "CAST(NULL AS " + column.type().sql() + ") AS " + column.quotedName())
            .collect(Collectors.joining(", "));
    if (columns.isEmpty()) {
      columns = "NULL AS kith_no_column";
    }
    if (!columns.equals(views.get(name))) {
      int dot = name.indexOf("\".\"");
      if (dot > 0) {
        run("CREATE SCHEMA IF NOT EXISTS " + name.substring(0, dot + 1));
      }
      run("CREATE OR REPLACE VIEW " + name + " AS SELECT " + columns);
      views.put(name, columns);
    }
  }

  /** What the statement {@code DESCRIBE <query>} gives; places count from its start. */
  Description describe(String statementText) {
    try (Statement statement = connection().createStatement();
        ResultSet rows = statement.executeQuery(statementText)) {
      List<Output> outputs = new ArrayList<>();
      while (rows.next()) {
        outputs.add(new Output(rows.getString(1), rows.getString(2)));
      }
      return new Description.Columns(outputs);
    } catch (SQLException e) {
      return new Description.Refused(EngineFault.of(json(e)));
    }
  }

  /** All rows of a query, as text; NULL as an empty one. */
  List<List<String>> rows(String query) {
    try (Statement statement = connection().createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      int width = rows.getMetaData().getColumnCount();
      List<List<String>> result = new ArrayList<>();
      while (rows.next()) {
        List<String> row = new ArrayList<>();
        for (int column = 1; column <= width; column++) {
          String value = rows.getString(column);
          row.add(value == null ? "" : value);
        }
        result.add(row);
      }
      return result;
    } catch (SQLException e) {
      throw failed("read the engine's catalog", e);
    }
  }

  @Override
  public void close() {
    if (connection != null) {
      try {
        connection.close();
      } catch (SQLException e) {
        throw failed("close the engine", e);
      }
      connection = null;
      serializer = null; // closed with the connection
      views.clear();
    }
  }

  private Connection connection() throws SQLException {
    if (connection == null) {
      connection = DriverManager.getConnection("jdbc:duckdb:");
      run("SET errors_as_json = true");
      run("SET autoload_known_extensions = false");
      run("SET autoinstall_known_extensions = false");
      run("SET enable_external_access = false");
      run("SET memory_limit = '256MB'");
      run("SET threads = 1");
      run("SET TimeZone = '" + zoneName() + "'");
      run("SET lock_configuration = true");
    }
    return connection;
  }

  /** Whole hours from UTC have names with the sign turned round; other offsets have none. */
  private String zoneName() {
    if (zone.normalized() instanceof ZoneOffset offset) {
      int hours = offset.getTotalSeconds() / 3600;
      return hours == 0 ? "UTC" : "Etc/GMT" + (hours > 0 ? "-" : "+") + Math.abs(hours);
    }
    return zone.getId();
  }

  private void run(String sql) {
    try (Statement statement = connection().createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw failed("run " + sql, e);
    }
  }

  private static JsonNode json(SQLException e) {
    String message = String.valueOf(e.getMessage());
    int brace = message.indexOf('{');
    try {
      if (brace >= 0) {
        return JSON.readTree(message.substring(brace));
      }
    } catch (JsonProcessingException notJson) {
      e.addSuppressed(notJson);
    }
    throw failed("analyse SQL", e);
  }

  private static KithException failed(String what, Exception cause) {
    return KithException.bug(
        SqlCode.ENGINE_FAILED, "sql", "Cannot " + what + ": " + cause.getMessage(), cause);
  }
}
