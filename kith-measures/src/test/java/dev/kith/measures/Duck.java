package dev.kith.measures;

import dev.kith.model.type.Column;
import dev.kith.model.type.DataType.Primitive;
import dev.kith.model.type.TableSchema;
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
    execute(inZone(zone));
  }

  private static String inZone(ZoneId zone) {
    return "SET TimeZone = '" + zone.getId() + "'";
  }

  /**
   * The statements that have it be in a zone.
   *
   * @param optimised whether plans are; where a few rows are read, that takes longer than it saves
   */
  static List<String> settings(ZoneId zone, boolean optimised) {
    return List.of(
        inZone(zone), optimised ? "PRAGMA enable_optimizer" : "PRAGMA disable_optimizer");
  }

  void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new SQLException(e.getMessage() + "\nin " + sql, e);
    }
  }

  /** One after another; in one call, which is much quicker. */
  void execute(List<String> statements) throws SQLException {
    execute(String.join(";\n", statements));
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

  /** A table with these bounds, instead of what it was. */
  void create(String table, WindowBounds bounds) throws SQLException {
    List<String> rows =
        bounds.rows().stream()
            .map(
                row ->
                    row.stream().map(Dialect::instant).collect(Collectors.joining(", ", "(", ")")))
            .toList();
    create(table, bounds.schema().sql(), rows);
  }

  /** The rows in the columns' order, with values as plain Java objects. */
  List<Map<String, @Nullable Object>> rows(CompiledQuery query) throws SQLException {
    materialise(query.steps());
    return rows(query.sql());
  }

  void materialise(List<CompiledQuery.Step> steps) throws SQLException {
    for (CompiledQuery.Step step : steps) {
      execute(table(step.name(), step.sql()));
    }
  }

  /** The statement that makes a table of a query's rows. */
  static String table(String name, String sql) {
    return "CREATE OR REPLACE TEMP TABLE " + name + " AS " + sql;
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

  /**
   * As {@link #rows(String)}, where it is known what columns there are, so that the query has to be
   * planned only once.
   */
  List<Map<String, @Nullable Object>> rows(String sql, TableSchema columns) throws SQLException {
    List<String> instants =
        columns.columns().stream()
            .filter(column -> column.type() == Primitive.INSTANT)
            .map(Column::name)
            .toList();
    String plain = instants.isEmpty() ? sql : inMicroseconds(sql, instants);
    List<Map<String, @Nullable Object>> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(plain)) {
      while (result.next()) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        for (int i = 0; i < columns.columns().size(); i++) {
          row.put(columns.columns().get(i).name(), plain(result.getObject(i + 1)));
        }
        instants.forEach(name -> row.computeIfPresent(name, Duck::instant));
        rows.add(row);
      }
    } catch (SQLException e) {
      throw new SQLException(e.getMessage() + "\nin " + plain, e);
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
