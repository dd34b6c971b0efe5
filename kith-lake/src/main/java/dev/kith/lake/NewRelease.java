package dev.kith.lake;

import dev.kith.model.TableName;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A release to be published.
 *
 * @param parent the release it was planned on; empty for an environment's first
 * @param run what built it
 */
public record NewRelease(
    String environment,
    Optional<String> parent,
    Map<TableName, ReleaseEntry> entries,
    String run,
    Instant createdAt) {

  public NewRelease {
    if (!environment.matches("[a-z][a-z0-9_]*")) {
      throw new IllegalArgumentException("Cannot name an environment: " + environment);
    }
    entries = Collections.unmodifiableMap(new TreeMap<>(entries));
  }
}
