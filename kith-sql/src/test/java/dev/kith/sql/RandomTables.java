package dev.kith.sql;

import dev.kith.model.TableName;
import dev.kith.model.type.Column;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The tables of {@link Sql#TABLES} in a DuckDB of their own, full of values that meet. */
final class RandomTables implements AutoCloseable {

  private static final int ROWS = 8;

  private static final Set<String> SORTED_BY =
      Set.of("DOUBLE", "DECIMAL(18,2)", "TIMESTAMP", "TIMESTAMP WITH TIME ZONE");

  private final Connection connection;
  private final Random random;
  private final Map<TableName, Map<String, List<String>>> values = new TreeMap<>();

  RandomTables(Random random) throws SQLException {
    this.random = random;
    this.connection = DriverManager.getConnection("jdbc:duckdb:");
    run("SET threads = 1");
    run("SET TimeZone = 'UTC'");
    run("CREATE SCHEMA sales");
    Sql.TABLES.forEach(
        (name, schema) -> {
          Map<String, List<String>> columns = new TreeMap<>();
          schema.columns().forEach(column -> columns.put(column.name(), column(name, column)));
          values.put(name, columns);
        });
    for (TableName name : values.keySet()) {
      fill(name, null, List.of());
    }
  }

  /** Those that a star shows. */
  static List<Column> shown(TableName table) {
    return Objects.requireNonNull(Sql.TABLES.get(table)).columns().stream()
        .filter(column -> !HiddenColumns.isHidden(column.name()))
        .toList();
  }

  /** New values in one column. */
  void change(TableName table, Column column) throws SQLException {
    fill(table, column, column(table, column));
  }

  void restore(TableName table) throws SQLException {
    fill(table, null, List.of());
  }

  private static List<String> column(Map<String, List<String>> values, Column column) {
    return Objects.requireNonNull(values.get(column.name()));
  }

  private void fill(TableName table, @Nullable Column changed, List<String> instead)
      throws SQLException {
    List<Column> columns = shown(table);
    Map<String, List<String>> usual = Objects.requireNonNull(values.get(table));
    String rows =
        IntStream.range(0, ROWS)
            .mapToObj(
                row ->
                    columns.stream()
                        .map(
                            column ->
                                cast(
                                    column,
                                    (column.equals(changed) ? instead : column(usual, column))
                                        .get(row)))
                        .collect(Collectors.joining(", ", "(", ")")))
            .collect(Collectors.joining(",\n"));
    String names = columns.stream().map(Column::quotedName).collect(Collectors.joining(", "));
    run(
        "CREATE OR REPLACE VIEW "
            + table.quoted()
            + " AS SELECT * FROM (VALUES "
            + rows
            + ") AS t("
            + names
            + ")");
  }

  private static String cast(Column column, String value) {
    return "CAST(" + value + " AS " + column.type().sql() + ")";
  }

  /** What queries sort by has no ties and no NULLs, or the order would be anybody's choice. */
  private List<String> column(TableName table, Column column) {
    if (column.name().equals("id") && !table.name().equals("employees")) {
      List<Integer> numbers = new ArrayList<>(IntStream.rangeClosed(1, ROWS).boxed().toList());
      Collections.shuffle(numbers, random);
      return numbers.stream().map(String::valueOf).toList();
    }
    boolean sorted = column.name().equals("id") || SORTED_BY.contains(column.type().sql());
    if (sorted) {
      return IntStream.rangeClosed(1, ROWS).mapToObj(row -> value(table, column, row)).toList();
    }
    return IntStream.rangeClosed(1, ROWS)
        .mapToObj(row -> random.nextInt(8) == 0 ? "NULL" : value(table, column, row))
        .toList();
  }

  /** Managers have a smaller number than anybody in a later row, so that nobody is his own. */
  private String value(TableName table, Column column, int row) {
    if (table.name().equals("employees") && column.name().equals("id")) {
      return String.valueOf(2 * row + random.nextInt(2));
    }
    if (table.name().equals("employees") && column.name().equals("manager_id")) {
      return row == 1 ? "NULL" : String.valueOf(1 + random.nextInt(row - 1));
    }
    if (column.name().equals("props")) {
      return "'{\"ref\":\"r" + random.nextInt(3) + "\",\"n\":" + random.nextInt(3) + "}'";
    }
    return switch (column.type().sql()) {
      case "BIGINT" -> String.valueOf(1 + random.nextInt(5));
      case "DOUBLE", "DECIMAL(18,2)" -> random.nextInt(30) + ".0" + row;
      case "VARCHAR" -> text();
      case "VARCHAR[]" ->
          random.ints(random.nextInt(3), 0, 9).mapToObj(i -> text()).toList().toString();
      case "DATE" -> "DATE '2024-01-0" + (1 + random.nextInt(9)) + "'";
      case "TIMESTAMP", "TIMESTAMP WITH TIME ZONE" ->
          "TIMESTAMP '2024-0"
              + (1 + random.nextInt(3))
              + "-0"
              + (1 + random.nextInt(9))
              + " 10:00'";
      default ->
          column.type().sql().endsWith("[]")
              ? "[{'sku': " + text() + ", 'qty': 2, 'price': " + random.nextInt(5) + ".5}]"
              : "{'city': " + text() + ", 'zip': " + text() + "}";
    };
  }

  private String text() {
    List<String> words = List.of("paid", "void", "a", "x", "click", "KR", "vip", "1000", "2a");
    return "'" + words.get(random.nextInt(words.size())) + "'";
  }

  /** The values of each column that a query gives, in an order of their own. */
  List<List<String>> columns(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<List<String>> columns = new ArrayList<>();
      int width = rows.getMetaData().getColumnCount();
      IntStream.range(0, width).forEach(i -> columns.add(new ArrayList<>()));
      while (rows.next()) {
        for (int i = 0; i < width; i++) {
          columns.get(i).add(String.valueOf(rows.getString(i + 1)));
        }
      }
      columns.forEach(column -> column.sort(null));
      return columns;
    }
  }

  private void run(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
