package dev.kith.run;

import dev.kith.lake.Release;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How a run ended.
 *
 * @param asOf of the profiles, if there are any
 * @param release that was published; empty where everything was up to date
 */
public record RunReport(
    String run,
    Optional<Instant> asOf,
    Optional<Release> release,
    int sourcesRead,
    int tablesBuilt,
    int tablesUpToDate,
    Duration duration) {}
