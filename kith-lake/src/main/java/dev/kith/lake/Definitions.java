package dev.kith.lake;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.Optional;

/**
 * What definitions said by which rows were made, so that it can be told how they have changed. Only
 * snapshots say what is up to date: what is missing here makes nothing wrong.
 */
public final class Definitions {

  private final MetadataDatabase database;

  Definitions(MetadataDatabase database) {
    this.database = database;
  }

  /**
   * Keeps what a definition says, unless that is known.
   *
   * @param fingerprint as snapshots record it
   * @param text holds nothing secret
   */
  public void record(String fingerprint, String text) {
    database.write(
        "record a definition",
        connection -> {
          try (PreparedStatement insert =
              connection.prepareStatement(
                  "INSERT OR IGNORE INTO kith_definitions (fingerprint, text) VALUES (?, ?)")) {
            insert.setString(1, fingerprint);
            insert.setString(2, text);
            return insert.executeUpdate();
          }
        });
  }

  /** What the definition of a fingerprint says. */
  public Optional<String> find(String fingerprint) {
    return database.read(
        "read a definition",
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement(
                  "SELECT text FROM kith_definitions WHERE fingerprint = ?")) {
            select.setString(1, fingerprint);
            try (ResultSet rows = select.executeQuery()) {
              return rows.next() ? Optional.of(rows.getString(1)) : Optional.empty();
            }
          }
        });
  }
}
