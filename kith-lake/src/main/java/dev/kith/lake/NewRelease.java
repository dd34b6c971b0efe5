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
 * @param run what published it; empty if that was no run
 * @param by the user who did
 * @param base of an environment other than production: the production release it was built on
 */
public record NewRelease(
    String environment,
    Optional<String> parent,
    Map<TableName, ReleaseEntry> entries,
    String run,
    Instant createdAt,
    String by,
    ReleaseOrigin origin,
    Optional<String> base) {

  public NewRelease {
    EnvironmentName.check(environment);
    entries = Collections.unmodifiableMap(new TreeMap<>(entries));
  }

  /** One that a run has built. */
  public NewRelease(
      String environment,
      Optional<String> parent,
      Map<TableName, ReleaseEntry> entries,
      String run,
      Instant createdAt) {
    this(
        environment,
        parent,
        entries,
        run,
        createdAt,
        "",
        new ReleaseOrigin.Built(),
        Optional.empty());
  }

  public NewRelease by(String user) {
    return new NewRelease(environment, parent, entries, run, createdAt, user, origin, base);
  }

  public NewRelease from(ReleaseOrigin other) {
    return new NewRelease(environment, parent, entries, run, createdAt, by, other, base);
  }

  public NewRelease basedOn(String production) {
    return new NewRelease(
        environment, parent, entries, run, createdAt, by, origin, Optional.of(production));
  }
}
