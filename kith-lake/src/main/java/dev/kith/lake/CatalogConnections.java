package dev.kith.lake;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.jdbc.JdbcClientPool;

/** The catalog's connections, made like Kith's own. */
final class CatalogConnections extends JdbcClientPool {

  private final Path file;
  private final boolean readOnly;
  private final Fence fence;

  /** Those that were made when the catalog had no tables yet. */
  private final List<Connection> unguarded = new ArrayList<>();

  private boolean hasTables;

  CatalogConnections(Path file, boolean readOnly, Fence fence, Map<String, String> properties) {
    super(MetadataDatabase.url(file), properties);
    this.file = file;
    this.readOnly = readOnly;
    this.fence = fence;
  }

  /** To be called once the catalog has its tables; guards what it writes into them. */
  synchronized void guard() throws SQLException {
    hasTables = true;
    for (Connection connection : unguarded) {
      fence.guard(connection);
    }
    unguarded.clear();
  }

  @Override
  protected synchronized Connection newClient() {
    return LakeFaults.during("open the catalog", file.toString(), this::connect);
  }

  private Connection connect() throws SQLException {
    if (readOnly) {
      return MetadataDatabase.newReadOnlyConnection(file);
    }
    Connection connection = MetadataDatabase.newConnection(file);
    if (hasTables) {
      fence.guard(connection);
    } else {
      unguarded.add(connection);
    }
    return connection;
  }
}
