package dev.kith.lake;

import dev.kith.lake.Environment.Pause;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The table of environments; its methods belong into the caller's transaction. */
final class Environments {

  private Environments() {}

  /** Notes that an environment exists. */
  static void add(Connection connection, String name, Instant createdAt) throws SQLException {
    execute(
        connection,
        "INSERT INTO kith_environments (name, created_at) VALUES (?, ?) ON CONFLICT DO NOTHING",
        name,
        createdAt.toString());
  }

  static void remove(Connection connection, String name) throws SQLException {
    execute(connection, "DELETE FROM kith_environments WHERE name = ?", name);
  }

  static void expire(Connection connection, String name, Optional<Instant> at) throws SQLException {
    execute(
        connection,
        "UPDATE kith_environments SET expires_at = ? WHERE name = ?",
        at.map(Instant::toString).orElse(null),
        name);
  }

  static void pause(Connection connection, String name, Pause pause) throws SQLException {
    execute(
        connection,
        "UPDATE kith_environments SET paused_at = ?, paused_by = ?, paused_for = ? WHERE name = ?",
        pause.since().toString(),
        pause.by(),
        pause.reason(),
        name);
  }

  static void resume(Connection connection, String name) throws SQLException {
    execute(
        connection,
        "UPDATE kith_environments SET paused_at = NULL, paused_by = NULL, paused_for = NULL"
            + " WHERE name = ?",
        name);
  }

  /** All, by name. */
  static List<Environment> all(Connection connection) throws SQLException {
    String sql =
        "SELECT e.name, e.created_at, r.id, r.created_at, e.expires_at, e.paused_at, e.paused_by,"
            + " e.paused_for FROM kith_environments e LEFT JOIN kith_releases r"
            + " ON r.environment = e.name AND r.sequence ="
            + " (SELECT max(sequence) FROM kith_releases WHERE environment = e.name)"
            + " ORDER BY e.name";
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet rows = statement.executeQuery()) {
      List<Environment> environments = new ArrayList<>();
      while (rows.next()) {
        environments.add(read(rows));
      }
      return environments;
    }
  }

  private static Environment read(ResultSet row) throws SQLException {
    Optional<Instant> pausedAt = instant(row.getString(6));
    return new Environment(
        row.getString(1),
        Instant.parse(row.getString(2)),
        Optional.ofNullable(row.getString(3)),
        instant(row.getString(4)),
        instant(row.getString(5)),
        pausedAt.isEmpty()
            ? Optional.empty()
            : Optional.of(new Pause(pausedAt.get(), row.getString(7), row.getString(8))));
  }

  private static Optional<Instant> instant(@Nullable String text) {
    return Optional.ofNullable(text).map(Instant::parse);
  }

  private static void execute(Connection connection, String sql, @Nullable String... parameters)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setString(i + 1, parameters[i]);
      }
      statement.executeUpdate();
    }
  }
}
