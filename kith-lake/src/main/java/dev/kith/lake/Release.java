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
 * @param parent the release before; that one may have been cleaned away
 * @param run what published it; empty if that was no run
 * @param by the user who did; empty if not known
 * @param base of an environment other than production: the production release it was built on
 */
public record Release(
    String id,
    String environment,
    long sequence,
    Optional<String> parent,
    Instant createdAt,
    String run,
    String by,
    ReleaseOrigin origin,
    Optional<String> base,
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
