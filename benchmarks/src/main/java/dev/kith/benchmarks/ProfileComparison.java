package dev.kith.benchmarks;

import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;

/** Whether Kith's profile says the same as the expert's table. */
final class ProfileComparison {

  private static final String KEY = "customer_id";

  private ProfileComparison() {}

  /**
   * Compares person by person and column by column; doubles are equal within 1e-9 of their size.
   *
   * @return a sentence with the numbers of people and of columns
   * @throws IllegalStateException if anything differs, with the number of people for each column
   */
  static String compare(Path expert, Path kith) throws SQLException {
    try (Duck duck = new Duck();
        Statement statement = duck.statement()) {
      duck.execute("CREATE VIEW a AS FROM read_parquet(" + Duck.quoted(expert) + ")");
      duck.execute("CREATE VIEW b AS FROM read_parquet(" + Duck.quoted(kith) + ")");
      Map<String, String> types = types(statement);
      StringJoiner counts = new StringJoiner(", ");
      types.forEach((column, type) -> counts.add("count(*) FILTER (" + differ(column, type) + ")"));
      try (ResultSet row =
          statement.executeQuery(
              "SELECT count(*), count(a.customer_id), count(b.customer_id), "
                  + counts
                  + " FROM a FULL JOIN b ON a.customer_id = b.customer_id")) {
        row.next();
        return verdict(row, types);
      }
    }
  }

  private static String verdict(ResultSet row, Map<String, String> types) throws SQLException {
    long people = row.getLong(1);
    StringJoiner faults = new StringJoiner(", ");
    if (row.getLong(2) != people || row.getLong(3) != people) {
      faults.add("expert " + row.getLong(2) + " and Kith " + row.getLong(3) + " of " + people);
    }
    int position = 3;
    for (String column : types.keySet()) {
      long different = row.getLong(++position);
      if (different > 0) {
        faults.add(column + " of " + different);
      }
    }
    if (faults.length() > 0) {
      throw new IllegalStateException("The results differ: " + faults);
    }
    return people + " people and " + types.size() + " columns compared, all equal.";
  }

  private static Map<String, String> types(Statement statement) throws SQLException {
    Map<String, String> types = new LinkedHashMap<>();
    try (ResultSet columns = statement.executeQuery("DESCRIBE a")) {
      while (columns.next()) {
        if (!columns.getString("column_name").equals(KEY)) {
          types.put(columns.getString("column_name"), columns.getString("column_type"));
        }
      }
    }
    return types;
  }

  /** Kith's instants become UTC timestamps by the cast. */
  private static String differ(String column, String type) {
    String a = "a." + column;
    String b = "CAST(b." + kithName(column) + " AS " + type + ")";
    if (!type.equals("DOUBLE")) {
      return a + " IS DISTINCT FROM " + b;
    }
    return String.format(
        java.util.Locale.ROOT,
        "(%1$s IS NULL) <> (%2$s IS NULL) OR abs(%1$s - %2$s) > 1e-9 * greatest(abs(%1$s), abs(%2$s))",
        a,
        b);
  }

  /** {@code c_cnt_7} is {@code c_cnt_7d}, and {@code c_cnt_e} is {@code c_cnt}. */
  static String kithName(String expertName) {
    return expertName.endsWith("_e")
        ? expertName.substring(0, expertName.length() - 2)
        : expertName + "d";
  }
}
