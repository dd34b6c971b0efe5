package dev.kith.lake;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The table of releases; its methods belong into the caller's transaction. */
final class ReleaseRows {

  private ReleaseRows() {}

  /**
   * A release without what it holds.
   *
   * @param sequence grows with each release of the environment
   */
  record Heading(String id, String environment, long sequence, Instant createdAt) {}

  /** Whether it could be inserted; not if its place is taken. */
  static boolean insert(Connection connection, Release release, String manifest)
      throws SQLException {
    String sql =
        "INSERT INTO kith_releases (id, environment, sequence, parent, created_at, run, manifest)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, release.id());
      statement.setString(2, release.environment());
      statement.setLong(3, release.sequence());
      statement.setString(4, release.parent().orElse("")); // NULLs would not be unique
      statement.setString(5, release.createdAt().toString());
      statement.setString(6, release.run());
      statement.setString(7, manifest);
      return statement.executeUpdate() == 1;
    }
  }

  static void delete(Connection connection, Collection<String> ids) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("DELETE FROM kith_releases WHERE id = ?")) {
      for (String id : ids) {
        statement.setString(1, id);
        statement.executeUpdate();
      }
    }
  }

  static Optional<Release> current(Connection connection, String environment) throws SQLException {
    return history(connection, environment, 1).stream().findFirst();
  }

  static Optional<String> currentId(Connection connection, String environment) throws SQLException {
    String sql =
        "SELECT id FROM kith_releases WHERE environment = ? ORDER BY sequence DESC LIMIT 1";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, environment);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next() ? Optional.of(rows.getString(1)) : Optional.empty();
      }
    }
  }

  static Optional<Release> release(Connection connection, String id) throws SQLException {
    return select(connection, "SELECT manifest FROM kith_releases WHERE id = ?", id).stream()
        .findFirst();
  }

  static List<Release> history(Connection connection, String environment, int count)
      throws SQLException {
    return select(
        connection,
        "SELECT manifest FROM kith_releases WHERE environment = ? ORDER BY sequence DESC LIMIT "
            + count,
        environment);
  }

  /** Of all environments, the newest of each first. */
  static List<Heading> headings(Connection connection) throws SQLException {
    String sql =
        "SELECT id, environment, sequence, created_at FROM kith_releases"
            + " ORDER BY environment, sequence DESC";
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet rows = statement.executeQuery()) {
      List<Heading> headings = new ArrayList<>();
      while (rows.next()) {
        headings.add(
            new Heading(
                rows.getString(1),
                rows.getString(2),
                rows.getLong(3),
                Instant.parse(rows.getString(4))));
      }
      return headings;
    }
  }

  /** Whether tags and mirror of the release are done. */
  static boolean isMirrored(Connection connection, String id) throws SQLException {
    String sql = "SELECT 1 FROM kith_releases WHERE id = ? AND mirrored_at IS NOT NULL";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, id);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next();
      }
    }
  }

  static void mirrored(Connection connection, String id, Optional<Instant> at) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("UPDATE kith_releases SET mirrored_at = ? WHERE id = ?")) {
      statement.setString(1, at.map(Instant::toString).orElse(null));
      statement.setString(2, id);
      statement.executeUpdate();
    }
  }

  private static List<Release> select(Connection connection, String sql, String parameter)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, parameter);
      List<Release> releases = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          releases.add(ReleaseManifest.read(rows.getString(1)));
        }
      }
      return releases;
    }
  }
}
