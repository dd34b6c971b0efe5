package dev.kith.run;

import dev.kith.run.check.CheckFailure;
import dev.kith.run.event.CheckResult;
import java.util.List;

/**
 * How the checks of a release came out.
 *
 * @param run under which the results are kept
 * @param release that was checked
 */
public record CheckReport(String run, String release, List<CheckResult> results) {
  public CheckReport {
    results = List.copyOf(results);
  }

  /** Whether no check of severity error failed. */
  public boolean passed() {
    return CheckFailure.failed(results).isEmpty();
  }
}
