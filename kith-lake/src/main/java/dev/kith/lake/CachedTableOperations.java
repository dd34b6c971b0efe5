package dev.kith.lake;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.function.Supplier;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.encryption.EncryptionManager;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.LocationProvider;
import org.jspecify.annotations.Nullable;

/** A table in the catalog, whose metadata is read only if the cache lacks the newest version. */
final class CachedTableOperations implements TableOperations {

  private final TableOperations operations;
  private final Supplier<Optional<String>> newest;
  private final MetadataCache cache;
  private @Nullable TableMetadata current;
  private boolean stale = true;

  /**
   * @param operations always read the metadata, and commit
   * @param newest where the catalog says the metadata is; nothing if it lacks the table
   */
  CachedTableOperations(
      TableOperations operations, Supplier<Optional<String>> newest, MetadataCache cache) {
    this.operations = operations;
    this.newest = newest;
    this.cache = cache;
  }

  @Override
  public @Nullable TableMetadata current() {
    return stale ? refresh() : current;
  }

  @Override
  public @Nullable TableMetadata refresh() {
    TableMetadata found = newest.get().flatMap(cache::find).orElseGet(this::read);
    if (found == null && current != null) {
      throw new NoSuchTableException("Table does not exist: %s", current.location());
    }
    current = found;
    stale = false;
    return current;
  }

  private @Nullable TableMetadata read() {
    TableMetadata read = operations.refresh();
    if (read != null) {
      cache.add(read);
    }
    return read;
  }

  @Override
  public void commit(@Nullable TableMetadata base, TableMetadata metadata) {
    if (base == null) {
      operations.commit(null, metadata);
    } else if (base != metadata) {
      operations.commit(same(base), metadata);
    }
    stale = true;
  }

  /** The version as the underlying operations have read it, which they compare by identity. */
  private TableMetadata same(TableMetadata base) {
    TableMetadata head = operations.refresh();
    if (base != current
        || head == null
        || !head.metadataFileLocation().equals(base.metadataFileLocation())) {
      throw new CommitFailedException("Cannot commit: stale table metadata");
    }
    return head;
  }

  @Override
  public FileIO io() {
    return operations.io();
  }

  @Override
  public EncryptionManager encryption() {
    return operations.encryption();
  }

  @Override
  public String metadataFileLocation(String fileName) {
    return loaded().metadataFileLocation(fileName);
  }

  @Override
  public LocationProvider locationProvider() {
    return loaded().locationProvider();
  }

  /** As the underlying operations would be if they had read the metadata. */
  private TableOperations loaded() {
    return temp(requireNonNull(current()));
  }

  @Override
  public TableOperations temp(TableMetadata uncommitted) {
    return operations.temp(uncommitted);
  }

  @Override
  public long newSnapshotId() {
    return operations.newSnapshotId();
  }

  @Override
  public boolean requireStrictCleanup() {
    return operations.requireStrictCleanup();
  }
}
