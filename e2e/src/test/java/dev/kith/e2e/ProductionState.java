package dev.kith.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/** All that is production's in a warehouse: files byte for byte, and rows of the database. */
final class ProductionState {

  private ProductionState() {}

  /** By file or row, what it holds. Tables of environments have '__' in their names. */
  static Map<String, String> of(ProjectFolder project) throws IOException, SQLException {
    Map<String, String> state = new TreeMap<>();
    Path warehouse = project.path().resolve(".kith/warehouse");
    for (String below : new String[] {"tables", "releases/prod"}) {
      try (Stream<Path> files = Files.walk(warehouse.resolve(below))) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          String name = warehouse.relativize(file).toString();
          if (!name.contains("__")) {
            state.put(name, hash(file));
          }
        }
      }
    }
    try (Connection database =
        DriverManager.getConnection("jdbc:sqlite:" + database(project.path()))) {
      add(
          state,
          database,
          "SELECT table_namespace, table_name, metadata_location, previous_metadata_location"
              + " FROM iceberg_tables WHERE instr(table_name, '__') = 0");
      add(state, database, "SELECT * FROM kith_releases WHERE environment = 'prod'");
      add(state, database, "SELECT * FROM kith_environments WHERE name = 'prod'");
      add(state, database, "SELECT * FROM kith_runs WHERE environment = 'prod'");
      add(
          state,
          database,
          "SELECT s.* FROM kith_run_steps s JOIN kith_runs r ON r.id = s.run"
              + " WHERE r.environment = 'prod'");
    }
    return state;
  }

  static Path database(Path project) throws IOException {
    try (Stream<Path> files = Files.walk(project.resolve(".kith"))) {
      return files
          .filter(file -> file.getFileName().toString().equals("kith.db"))
          .findFirst()
          .orElseThrow();
    }
  }

  private static String hash(Path file) throws IOException {
    CRC32 crc = new CRC32();
    crc.update(Files.readAllBytes(file));
    return Files.size(file) + " bytes, " + Long.toHexString(crc.getValue());
  }

  private static void add(Map<String, String> state, Connection database, String sql)
      throws SQLException {
    try (Statement statement = database.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        StringBuilder row = new StringBuilder();
        for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
          row.append(rows.getString(column)).append(" | ");
        }
        state.put(sql + ": " + row, "a row");
      }
    }
  }
}
