package dev.kith;

import dev.kith.run.RunReport;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How a run ended that did not fail.
 *
 * @param run its id, as history has it
 * @param asOf the instant of the profiles, if there are any
 * @param release that was published; empty where everything was up to date
 */
public record RunResult(
    String run,
    Optional<Instant> asOf,
    Optional<Release> release,
    int sourcesRead,
    int tablesBuilt,
    int tablesUpToDate,
    Duration duration) {

  static RunResult of(RunReport report) {
    return new RunResult(
        report.run(),
        report.asOf(),
        report.release().map(Release::of),
        report.sourcesRead(),
        report.tablesBuilt(),
        report.tablesUpToDate(),
        report.duration());
  }
}
