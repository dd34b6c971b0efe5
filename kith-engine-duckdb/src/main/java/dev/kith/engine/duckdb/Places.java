package dev.kith.engine.duckdb;

import dev.kith.lake.RowPositions;
import dev.kith.lake.ScanFile;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Where rows are, as {@link Scan.Layer#PLACES} tells it. */
final class Places {

  private Places() {}

  /**
   * @param rows of two columns: a file's number and a position
   * @param files by their numbers
   */
  static Map<ScanFile, RowPositions> read(ResultSet rows, List<ScanFile> files)
      throws SQLException {
    Map<ScanFile, RowPositions> places = new LinkedHashMap<>();
    while (rows.next()) {
      places
          .computeIfAbsent(files.get(rows.getInt(1)), file -> RowPositions.none())
          .add(rows.getLong(2));
    }
    return places;
  }
}
