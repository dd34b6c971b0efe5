package dev.kith.engine.duckdb;

import dev.kith.engine.EngineCode;
import dev.kith.model.KithException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.regex.Pattern;

/**
 * Lets only single SELECTs through, whoever wrote them: the driver would run {@code SELECT 1; DROP
 * ...} as two statements.
 */
final class StatementGuard {

  private static final String PARSE =
      """
      SELECT parsed ->> 'error_type', json_array_length(parsed -> 'statements')
      FROM (SELECT json_serialize_sql(CAST(? AS VARCHAR)) AS parsed)""";

  /** Statements are parted by semicolons, and only a pivot is made into several without one. */
  private static final Pattern ONE =
      Pattern.compile("\\s*SELECT\\s(?!.*PIVOT)[^;]*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private final Statements statements;

  StatementGuard(Statements statements) {
    this.statements = statements;
  }

  /** The statement, without semicolons at its end. */
  String select(String sql) {
    String text = Sql.withoutSemicolon(sql);
    // Parsing takes longer than anything else where there are few rows.
    if (ONE.matcher(text).matches()) {
      return text;
    }
    try (PreparedStatement statement = statements.connection().prepareStatement(PARSE)) {
      statement.setString(1, text);
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        String error = rows.getString(1);
        // What does not parse is left to the real statement, which says where.
        boolean one = error == null ? rows.getLong(2) == 1 : error.equals("parser");
        if (!one) {
          throw KithException.project(
              EngineCode.STATEMENT_FAILED,
              "the query",
              "Cannot run what is not one SELECT statement: " + abbreviated(text));
        }
        return text;
      }
    } catch (SQLException e) {
      throw Faults.of(e, "the query");
    }
  }

  private static String abbreviated(String text) {
    String line = text.strip().replaceAll("\\s+", " ");
    return line.length() <= 60 ? line : line.substring(0, 57) + "...";
  }
}
