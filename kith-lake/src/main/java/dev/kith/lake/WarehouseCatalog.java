package dev.kith.lake;

import static java.util.Objects.requireNonNull;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.jdbc.JdbcCatalog;

/** Opens Iceberg's catalog in the metadata database. */
final class WarehouseCatalog {

  private WarehouseCatalog() {}

  /** Makes its tables where there are none. */
  static JdbcCatalog open(
      WarehouseLocation location,
      MetadataDatabase database,
      WarehouseFormat format,
      LocalFileIO files,
      Fence fence) {
    return open(location, database, format, files, fence, false);
  }

  static JdbcCatalog openReadOnly(
      WarehouseLocation location,
      MetadataDatabase database,
      WarehouseFormat format,
      LocalFileIO files) {
    return open(location, database, format, files, new Fence(), true);
  }

  private static JdbcCatalog open(
      WarehouseLocation location,
      MetadataDatabase database,
      WarehouseFormat format,
      LocalFileIO files,
      Fence fence,
      boolean readOnly) {
    AtomicReference<CatalogConnections> connections = new AtomicReference<>();
    MetadataCache cache = new MetadataCache();
    JdbcCatalog catalog =
        new JdbcCatalog(
            properties -> files,
            properties -> {
              connections.set(
                  new CatalogConnections(location.database(), readOnly, fence, properties));
              return connections.get();
            },
            !readOnly) {
          @Override
          protected TableOperations newTableOps(TableIdentifier table) {
            return new CachedTableOperations(
                super.newTableOps(table),
                () -> newestMetadata(database, location.catalog(), table),
                cache);
          }
        };
    Map<String, String> properties = new HashMap<>();
    properties.put(CatalogProperties.URI, MetadataDatabase.url(location.database()));
    properties.put(CatalogProperties.WAREHOUSE_LOCATION, format.root());
    properties.put("jdbc.schema-version", "V1");
    return LakeFaults.during(
        "open the catalog",
        location.database().toString(),
        () -> {
          catalog.initialize(location.catalog(), properties);
          requireNonNull(connections.get()).guard();
          return catalog;
        });
  }

  /** The file with a table's metadata; nothing if the catalog lacks the table. */
  private static Optional<String> newestMetadata(
      MetadataDatabase database, String catalog, TableIdentifier table) {
    return database.read(
        "look for the table",
        connection -> {
          try (PreparedStatement statement =
              connection.prepareStatement(
                  "SELECT metadata_location FROM iceberg_tables WHERE catalog_name = ?"
                      + " AND table_namespace = ? AND table_name = ?")) {
            statement.setString(1, catalog);
            statement.setString(2, table.namespace().toString());
            statement.setString(3, table.name());
            try (ResultSet rows = statement.executeQuery()) {
              return rows.next() ? Optional.ofNullable(rows.getString(1)) : Optional.empty();
            }
          }
        });
  }

  /** Whether the database has the catalog's tables. */
  static boolean exists(MetadataDatabase database) {
    return database.read(
        "look for the catalog",
        connection -> {
          try (PreparedStatement statement =
                  connection.prepareStatement(
                      "SELECT 1 FROM sqlite_master WHERE name = 'iceberg_tables'");
              ResultSet rows = statement.executeQuery()) {
            return rows.next();
          }
        });
  }
}
