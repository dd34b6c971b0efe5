package dev.kith.lake;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * The chains of releases, one for each environment. A release has one child at most, so that of two
 * runs that build on the same one, one publishes and the other learns of it.
 */
public final class Releases {

  private final MetadataDatabase database;
  private final Path folder;
  private final ReleaseMirror mirror;

  Releases(MetadataDatabase database, Path folder, ReleaseMirror mirror) {
    this.database = database;
    this.folder = folder;
    this.mirror = mirror;
  }

  /** What readers of the environment see. */
  public Optional<Release> current(String environment) {
    return database.read(
        "read the current release", connection -> current(connection, environment));
  }

  /** The release of that id. */
  public Optional<Release> release(String id) {
    return database.read(
        "read a release",
        connection ->
            select(connection, "SELECT manifest FROM kith_releases WHERE id = ?", id).stream()
                .findFirst());
  }

  /** All releases of the environment, the newest first. */
  public List<Release> history(String environment) {
    return database.read(
        "read the releases",
        connection ->
            select(
                connection,
                "SELECT manifest FROM kith_releases WHERE environment = ? ORDER BY sequence DESC",
                environment));
  }

  /**
   * Makes a release what readers see, if its parent still is what they see. The manifest file is
   * written first; the row in the database is what counts.
   */
  public Publication publish(NewRelease wanted) {
    Optional<Release> before = current(wanted.environment());
    if (!before.map(Release::id).equals(wanted.parent())) {
      return new Publication.ReleaseConflict(before);
    }
    Release release = named(wanted, before.map(Release::sequence).orElse(0L) + 1);
    String manifest = ReleaseManifest.write(release);
    Path file = file(release);
    LakeFaults.during(
        "write the manifest of a release",
        file.toString(),
        () -> {
          AtomicFiles.write(file, manifest);
          return true;
        });
    Failpoint.MANIFEST_WRITTEN.hit();
    boolean inserted =
        database.write("publish a release", connection -> insert(connection, release, manifest));
    if (!inserted) {
      LakeFaults.during(
          "delete the manifest of a release", file.toString(), () -> Files.deleteIfExists(file));
      return new Publication.ReleaseConflict(current(wanted.environment()));
    }
    Failpoint.RELEASE_INSERTED.hit();
    return new Publication.Published(release);
  }

  /**
   * Does what follows a publication, as far as it is not done: tags the release's snapshots, so
   * that they are kept, and for production sets each table's {@code main} to its snapshot and the
   * plain names in the namespace {@code prod} to what they mean, for other Iceberg readers. Names
   * that are no longer in the release go. To be called after {@link #publish} and, as repair, at
   * the start of each run; a release that is not the current one is only tagged.
   */
  public void mirror(Release release) {
    boolean shown =
        release.environment().equals(Release.PRODUCTION)
            && current(Release.PRODUCTION).map(Release::id).equals(Optional.of(release.id()));
    mirror.tag(release, shown);
    Failpoint.TAGS_SET.hit();
    if (shown) {
      database.write(
          "mirror a release",
          connection -> {
            Optional<Release> current = current(connection, Release.PRODUCTION);
            if (current.isPresent() && current.get().id().equals(release.id())) {
              mirror.name(connection, release);
            }
            return true;
          });
    }
    Failpoint.MIRROR_UPDATED.hit();
  }

  private static Release named(NewRelease wanted, long sequence) {
    String id =
        String.format(
            Locale.ROOT,
            "%s-%06d-%s",
            wanted.environment(),
            sequence,
            UUID.randomUUID().toString().substring(0, 8));
    return new Release(
        id,
        wanted.environment(),
        sequence,
        wanted.parent(),
        wanted.createdAt(),
        wanted.run(),
        wanted.entries());
  }

  private Path file(Release release) {
    return folder
        .resolve("releases")
        .resolve(release.environment())
        .resolve(release.id() + ".json");
  }

  private static boolean insert(Connection connection, Release release, String manifest)
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

  private static Optional<Release> current(Connection connection, String environment)
      throws SQLException {
    return select(
            connection,
            "SELECT manifest FROM kith_releases WHERE environment = ?"
                + " ORDER BY sequence DESC LIMIT 1",
            environment)
        .stream()
        .findFirst();
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
