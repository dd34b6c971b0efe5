package dev.kith.lake;

import dev.kith.model.TableName;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What every logical name means, as of one publication; it never changes.
 *
 * @param id unique in the warehouse, such as {@code prod-000012-1f3a9c2e}
 * @param sequence counts the releases of the environment from 1 on
 */
public record Release(
    String id,
    String environment,
    long sequence,
    Optional<String> parent,
    Instant createdAt,
    String run,
    Map<TableName, ReleaseEntry> entries) {

  /** The environment that readers see if they name none, and that is mirrored for others. */
  public static final String PRODUCTION = "prod";

  public Release {
    entries = Collections.unmodifiableMap(new TreeMap<>(entries));
  }

  public Optional<ReleaseEntry> entry(TableName name) {
    return Optional.ofNullable(entries.get(name));
  }
}
