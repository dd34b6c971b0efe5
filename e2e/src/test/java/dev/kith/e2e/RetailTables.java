package dev.kith.e2e;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.LocalDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The retail shop's tables in a database. */
record RetailTables(Connection connection, char quote) {

  private static final int BATCH = 2_000;

  void create(String timestamp) throws SQLException {
    execute(
        """
        CREATE TABLE online_retail (
          "LineNo" integer PRIMARY KEY, "InvoiceNo" varchar(20), "StockCode" varchar(20),
          "Description" varchar(200), "Quantity" integer, "InvoiceDate" %s,
          "UnitPrice" decimal(10,3), "CustomerID" varchar(20), "Country" varchar(50))"""
            .formatted(timestamp));
    execute(
        """
        CREATE TABLE countries (
          "country" varchar(50), "name" varchar(50), "region" varchar(50), "currency" varchar(3))""");
  }

  void insertLines(List<List<@Nullable String>> lines) throws SQLException {
    connection.setAutoCommit(false);
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO online_retail VALUES (?,?,?,?,?,?,?,?,?)")) {
      int waiting = 0;
      for (List<@Nullable String> line : lines) {
        insert.setInt(1, Integer.parseInt(text(line, 0)));
        insert.setString(2, line.get(1));
        insert.setString(3, line.get(2));
        insert.setString(4, line.get(3));
        insert.setInt(5, Integer.parseInt(text(line, 4)));
        LocalDateTime at = LocalDateTime.parse(text(line, 5).replace(' ', 'T'));
        insert.setObject(6, at, Types.TIMESTAMP);
        insert.setBigDecimal(7, new BigDecimal(text(line, 6)));
        insert.setString(8, line.get(7));
        insert.setString(9, line.get(8));
        insert.addBatch();
        if (++waiting % BATCH == 0) {
          insert.executeBatch();
        }
      }
      insert.executeBatch();
    }
    connection.commit();
    connection.setAutoCommit(true);
  }

  void insertCountries(List<List<@Nullable String>> countries) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO countries VALUES (?,?,?,?)")) {
      for (List<@Nullable String> country : countries) {
        for (int column = 0; column < country.size(); column++) {
          insert.setString(column + 1, country.get(column));
        }
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  void updateCountries(List<List<@Nullable String>> countries) throws SQLException {
    String sql = "UPDATE countries SET \"region\" = ? WHERE \"country\" = ?";
    try (PreparedStatement update = connection.prepareStatement(sql.replace('"', quote))) {
      for (List<@Nullable String> country : countries) {
        update.setString(1, country.get(2));
        update.setString(2, country.get(0));
        update.executeUpdate();
      }
    }
  }

  private static String text(List<@Nullable String> line, int column) {
    String value = line.get(column);
    if (value == null) {
      throw new IllegalArgumentException("Cannot load a line without column " + column);
    }
    return value;
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql.replace('"', quote));
    }
  }
}
