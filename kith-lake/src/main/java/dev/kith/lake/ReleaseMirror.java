package dev.kith.lake;

import dev.kith.model.TableName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.ManageSnapshots;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.exceptions.CommitFailedException;

/** Shows the current release to programs that know Iceberg but not Kith. */
final class ReleaseMirror {

  static final String TAG = "kith-release-";
  private static final int ATTEMPTS = 20;

  private final Catalog catalog;
  private final String catalogName;

  ReleaseMirror(Catalog catalog, String catalogName) {
    this.catalog = catalog;
    this.catalogName = catalogName;
  }

  /**
   * Tags snapshots of a release that none has tagged yet, and moves {@code main} there if asked to.
   */
  void tag(Release release, Collection<ReleaseEntry> entries, boolean moveMain) {
    Map<PhysicalTable, Long> snapshots = new LinkedHashMap<>();
    entries.forEach(entry -> snapshots.put(entry.table(), entry.snapshotId()));
    snapshots.forEach(
        (name, snapshot) ->
            LakeFaults.during(
                "tag a snapshot of",
                name.name(),
                () -> {
                  tag(catalog.loadTable(Warehouse.identifier(name)), snapshot, release, moveMain);
                  return true;
                }));
  }

  /** Fails if a table or snapshot of the release is not there any more. */
  void checkComplete(Release release) {
    for (ReleaseEntry entry : release.entries().values()) {
      PhysicalTable name = entry.table();
      LakeFaults.during(
          "look for a snapshot of",
          name.name(),
          () -> {
            if (catalog.loadTable(Warehouse.identifier(name)).snapshot(entry.snapshotId())
                == null) {
              throw LakeTable.noSuchSnapshot(name, entry.snapshotId());
            }
            return true;
          });
    }
  }

  private static void tag(Table table, long snapshot, Release release, boolean moveMain) {
    for (int attempt = 1; ; attempt++) {
      Map<String, SnapshotRef> refs = table.refs();
      ManageSnapshots update = table.manageSnapshots();
      boolean changed = false;
      if (refs.entrySet().stream().noneMatch(ref -> isTagOf(ref, snapshot))) {
        update.createTag(TAG + release.id(), snapshot);
        changed = true;
      }
      SnapshotRef main = refs.get(SnapshotRef.MAIN_BRANCH);
      if (moveMain && (main == null || main.snapshotId() != snapshot)) {
        if (main == null) {
          update.createBranch(SnapshotRef.MAIN_BRANCH, snapshot);
        } else {
          update.replaceBranch(SnapshotRef.MAIN_BRANCH, snapshot);
        }
        changed = true;
      }
      if (!changed) {
        return;
      }
      try {
        update.commit();
        return;
      } catch (CommitFailedException e) {
        if (attempt == ATTEMPTS) {
          throw e;
        }
        table.refresh(); // somebody committed rows meanwhile, which is no conflict
      }
    }
  }

  private static boolean isTagOf(Map.Entry<String, SnapshotRef> ref, long snapshot) {
    return ref.getKey().startsWith(TAG)
        && ref.getValue().isTag()
        && ref.getValue().snapshotId() == snapshot;
  }

  /**
   * Lists the plain names, all in the caller's transaction. What is written is Iceberg's own row
   * for a table, with the metadata file that the physical table has now: its catalog offers no way
   * to change many names at once.
   */
  void name(Connection connection, Release release) throws SQLException {
    Map<String, String> wanted = new TreeMap<>();
    release
        .entries()
        .forEach(
            (name, entry) -> {
              if (isReadable(entry.kind())) {
                Table table = catalog.loadTable(Warehouse.identifier(entry.table()));
                wanted.put(
                    plain(name),
                    ((HasTableOperations) table).operations().current().metadataFileLocation());
              }
            });
    Map<String, String> existing = existing(connection);
    for (String name : existing.keySet()) {
      if (!wanted.containsKey(name)) {
        execute(
            connection,
            "DELETE FROM iceberg_tables WHERE catalog_name = ?"
                + " AND table_namespace || '.' || table_name = ?",
            catalogName,
            name);
      }
    }
    for (Map.Entry<String, String> entry : wanted.entrySet()) {
      if (!entry.getValue().equals(existing.get(entry.getKey()))) {
        int dot = entry.getKey().lastIndexOf('.');
        execute(
            connection,
            "INSERT OR REPLACE INTO iceberg_tables (catalog_name, table_namespace, table_name,"
                + " metadata_location, previous_metadata_location, iceberg_type)"
                + " VALUES (?, ?, ?, ?, NULL, 'TABLE')",
            catalogName,
            entry.getKey().substring(0, dot),
            entry.getKey().substring(dot + 1),
            entry.getValue());
      }
    }
  }

  /** Iceberg readers know no view that all of them could read, so history stands for both. */
  private static boolean isReadable(ReleaseEntry.Kind kind) {
    return kind != ReleaseEntry.Kind.CURRENT_OF_HISTORY && kind != ReleaseEntry.Kind.STATE;
  }

  private static String plain(TableName name) {
    return Release.PRODUCTION + "." + name;
  }

  private Map<String, String> existing(Connection connection) throws SQLException {
    String sql =
        "SELECT table_namespace || '.' || table_name, metadata_location FROM iceberg_tables"
            + " WHERE catalog_name = ? AND (table_namespace = 'prod'"
            + " OR substr(table_namespace, 1, 5) = 'prod.')";
    Map<String, String> existing = new TreeMap<>();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, catalogName);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          existing.put(rows.getString(1), rows.getString(2));
        }
      }
    }
    return existing;
  }

  private static void execute(Connection connection, String sql, String... parameters)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setString(i + 1, parameters[i]);
      }
      statement.executeUpdate();
    }
  }
}
