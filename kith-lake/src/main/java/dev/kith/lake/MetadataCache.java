package dev.kith.lake;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.TableMetadata;

/**
 * The versions of tables' metadata that were read last. A version is a file that never changes, and
 * a run opens the same tables again and again.
 */
final class MetadataCache {

  /** Each takes about a kilobyte per snapshot of its table. */
  private static final int MOST_VERSIONS = 100;

  private final Map<String, TableMetadata> versions =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, TableMetadata> eldest) {
          return size() > MOST_VERSIONS;
        }
      };

  /** What the file says, if it was read before. */
  synchronized Optional<TableMetadata> find(String location) {
    return Optional.ofNullable(versions.get(location));
  }

  synchronized void add(TableMetadata metadata) {
    versions.put(metadata.metadataFileLocation(), metadata);
  }
}
