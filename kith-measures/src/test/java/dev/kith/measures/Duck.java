package dev.kith.measures;

import java.sql.Array;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Struct;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A DuckDB in memory that runs compiled queries. */
final class Duck implements AutoCloseable {

  private final Connection connection;

  Duck() throws SQLException {
    connection = DriverManager.getConnection("jdbc:duckdb:");
    execute("SET threads = 1");
  }

  void zone(ZoneId zone) throws SQLException {
    execute("SET TimeZone = '" + zone.getId() + "'");
  }

  void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new SQLException(e.getMessage() + "\nin " + sql, e);
    }
  }

  /**
   * A table with these rows, instead of what it was.
   *
   * @param rows each as {@code (value, ...)}
   */
  void create(String table, String columns, List<String> rows) throws SQLException {
    execute("CREATE OR REPLACE TEMP TABLE " + table + " (" + columns + ")");
    if (!rows.isEmpty()) {
      execute("INSERT INTO " + table + " VALUES " + String.join(", ", rows));
    }
  }

  /** The rows in the columns' order, with values as plain Java objects. */
  List<Map<String, @Nullable Object>> rows(CompiledQuery query) throws SQLException {
    materialise(query.steps());
    return rows(query.sql());
  }

  void materialise(List<CompiledQuery.Step> steps) throws SQLException {
    for (CompiledQuery.Step step : steps) {
      execute("CREATE OR REPLACE TEMP TABLE " + step.name() + " AS " + step.sql());
    }
  }

  List<Map<String, @Nullable Object>> rows(String sql) throws SQLException {
    List<Map<String, @Nullable Object>> rows = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      List<String> instants = instants(statement.getMetaData());
      if (!instants.isEmpty()) {
        rows.addAll(rows(inMicroseconds(sql, instants)));
        rows.forEach(row -> instants.forEach(name -> row.computeIfPresent(name, Duck::instant)));
        return rows;
      }
      try (ResultSet result = statement.executeQuery()) {
        while (result.next()) {
          Map<String, @Nullable Object> row = new LinkedHashMap<>();
          for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
            row.put(result.getMetaData().getColumnName(i), plain(result.getObject(i)));
          }
          rows.add(row);
        }
      }
    } catch (SQLException e) {
      throw new SQLException(e.getMessage() + "\nin " + sql, e);
    }
    return rows;
  }

  private static List<String> instants(ResultSetMetaData columns) throws SQLException {
    List<String> names = new ArrayList<>();
    for (int i = 1; i <= columns.getColumnCount(); i++) {
      if (columns.getColumnTypeName(i).equals("TIMESTAMP WITH TIME ZONE")) {
        names.add(columns.getColumnName(i));
      }
    }
    return names;
  }

  /** The driver gives wrong instants near the hours in which the JVM's own clocks change. */
  private static String inMicroseconds(String sql, List<String> instants) {
    return instants.stream()
        .map(name -> "epoch_us(\"" + name + "\") AS \"" + name + "\"")
        .collect(Collectors.joining(", ", "SELECT * REPLACE (", ") FROM (" + sql + ") AS t"));
  }

  private static Object instant(String column, Object microseconds) {
    return Instant.EPOCH.plus((Long) microseconds, ChronoUnit.MICROS);
  }

  /** The types of the query's columns, as DuckDB spells them. */
  List<String> types(String sql) throws SQLException {
    List<String> types = new ArrayList<>();
    for (Map<String, @Nullable Object> row : rows("DESCRIBE " + sql)) {
      types.add(String.valueOf(row.get("column_type")));
    }
    return types;
  }

  private static @Nullable Object plain(@Nullable Object value) throws SQLException {
    if (value instanceof Array array) {
      List<@Nullable Object> list = new ArrayList<>();
      for (Object element : (Object[]) array.getArray()) {
        list.add(plain(element));
      }
      return list;
    }
    if (value instanceof Struct struct) {
      List<@Nullable Object> fields = new ArrayList<>();
      for (Object field : struct.getAttributes()) {
        fields.add(plain(field));
      }
      return fields;
    }
    if (value instanceof Map<?, ?> map) {
      Map<Object, @Nullable Object> copy = new LinkedHashMap<>();
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        copy.put(String.valueOf(plain(entry.getKey())), plain(entry.getValue()));
      }
      return copy;
    }
    return value;
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
