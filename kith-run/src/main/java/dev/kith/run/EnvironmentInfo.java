package dev.kith.run;

import java.time.Instant;
import java.util.Optional;

/**
 * An environment, for listings.
 *
 * @param release what its readers see
 * @param base the release of production that this was built on
 * @param expiresAt when it may be cleaned away
 * @param bytes of the tables that it has for itself; production's are not counted
 */
public record EnvironmentInfo(
    String name,
    Optional<String> release,
    Optional<Instant> publishedAt,
    Optional<String> base,
    Optional<Instant> expiresAt,
    long bytes) {}
