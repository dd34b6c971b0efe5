package dev.kith.lake;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What all physical tables are at their heads, without opening each.
 *
 * <p>A version of a table's metadata is a file that never changes, so what was once read from it
 * holds for as long as the catalog names that file. It is kept in the database beside the file's
 * name; tables with another one are opened.
 */
final class TableHeads {

  private static final String LIST =
      "SELECT t.table_name, t.metadata_location, h.head FROM iceberg_tables t"
          + " LEFT JOIN kith_heads h ON h.table_name = t.table_name"
          + " AND h.metadata_location = t.metadata_location"
          + " WHERE t.catalog_name = ? AND t.table_namespace = 'kith'";

  private final MetadataDatabase database;
  private final Warehouse warehouse;
  private final String catalogName;

  /** What this process has read, by the metadata file. */
  private final Map<String, TableHead> known = new HashMap<>();

  /** The largest values that this process has asked for, by column; versions never change. */
  private final Map<TableVersion, Map<String, Instant>> newest = new HashMap<>();

  TableHeads(MetadataDatabase database, Warehouse warehouse, String catalogName) {
    this.database = database;
    this.warehouse = warehouse;
    this.catalogName = catalogName;
  }

  /** A table with its newest metadata file, and what is remembered of that. */
  private record Listed(PhysicalTable table, String metadata, @Nullable String remembered) {}

  synchronized Map<PhysicalTable, TableHead> all() {
    Map<PhysicalTable, TableHead> heads = new TreeMap<>(Comparator.comparing(PhysicalTable::name));
    for (Listed listed : list(LIST, catalogName)) {
      heads.put(listed.table(), head(listed));
    }
    return heads;
  }

  synchronized Optional<TableHead> of(PhysicalTable table) {
    return find(table).map(this::head);
  }

  /** As {@link LakeTable#newest}. */
  synchronized Optional<Instant> newest(TableVersion version, String column) {
    Map<String, Instant> known = newest.computeIfAbsent(version, this::rememberedNewest);
    Optional<Instant> found = Optional.ofNullable(known.get(column));
    if (found.isEmpty()) {
      found = warehouse.table(version.table()).newest(version.snapshotId(), column);
      found.ifPresent(value -> known.put(column, value));
    }
    return found;
  }

  private Map<String, Instant> rememberedNewest(TableVersion version) {
    return of(version.table())
        .flatMap(TableHead::latest)
        .filter(latest -> latest.snapshot().id() == version.snapshotId())
        .map(latest -> new TreeMap<>(latest.newest()))
        .orElseGet(TreeMap::new);
  }

  private Optional<Listed> find(PhysicalTable table) {
    return list(LIST + " AND t.table_name = ?", catalogName, table.name()).stream().findFirst();
  }

  synchronized void remember() {
    Map<Listed, String> texts = new HashMap<>();
    for (Listed listed : list(LIST, catalogName)) {
      TableHead head = head(listed);
      TableHead complete = head.with(newest);
      if (listed.remembered() == null || !complete.equals(head)) {
        known.put(listed.metadata(), complete);
        texts.put(listed, TableHeadJson.write(complete));
      }
    }
    if (texts.isEmpty()) {
      return;
    }
    database.write(
        "remember the heads of tables",
        connection -> {
          for (Map.Entry<Listed, String> entry : texts.entrySet()) {
            put(connection, entry.getKey(), entry.getValue());
          }
          try (PreparedStatement gone =
              connection.prepareStatement(
                  "DELETE FROM kith_heads WHERE table_name NOT IN (SELECT table_name FROM"
                      + " iceberg_tables WHERE catalog_name = ? AND table_namespace = 'kith')")) {
            gone.setString(1, catalogName);
            gone.executeUpdate();
          }
          return true;
        });
  }

  private TableHead head(Listed listed) {
    return known.computeIfAbsent(
        listed.metadata(),
        metadata ->
            listed.remembered() == null
                ? TableHead.of(warehouse.table(listed.table()))
                : TableHeadJson.read(listed.table(), listed.remembered()));
  }

  private List<Listed> list(String sql, String... parameters) {
    return database.read(
        "list the tables",
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
              statement.setString(i + 1, parameters[i]);
            }
            List<Listed> listed = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
              while (rows.next()) {
                listed.add(
                    new Listed(
                        new PhysicalTable(rows.getString(1)),
                        rows.getString(2),
                        rows.getString(3)));
              }
            }
            return listed;
          }
        });
  }

  private static void put(Connection connection, Listed listed, String head) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT OR REPLACE INTO kith_heads (table_name, metadata_location, head)"
                + " VALUES (?, ?, ?)")) {
      insert.setString(1, listed.table().name());
      insert.setString(2, listed.metadata());
      insert.setString(3, head);
      insert.executeUpdate();
    }
  }
}
