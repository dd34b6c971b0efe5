package dev.kith.cli.render;

import dev.kith.run.event.CheckResult;
import dev.kith.run.event.CheckResult.Status;
import java.util.ArrayList;
import java.util.List;

/** How many checks came out how. */
record CheckCounts(long passed, long warned, long failed, long skipped) {

  static CheckCounts of(List<CheckResult> results) {
    return new CheckCounts(
        count(results, Status.PASSED),
        count(results, Status.WARNED),
        count(results, Status.FAILED),
        count(results, Status.SKIPPED));
  }

  /** "4 checks passed, 1 warned". */
  String text() {
    List<String> parts = new ArrayList<>();
    if (failed > 0) {
      parts.add(Text.count(failed, "check") + " failed");
    }
    if (passed > 0) {
      parts.add((failed > 0 ? Text.count(passed) : Text.count(passed, "check")) + " passed");
    }
    if (warned > 0) {
      parts.add((parts.isEmpty() ? Text.count(warned, "check") : Text.count(warned)) + " warned");
    }
    if (skipped > 0) {
      String many = parts.isEmpty() ? Text.count(skipped, "check") : Text.count(skipped);
      parts.add(many + " with nothing to compare yet");
    }
    return String.join(", ", parts);
  }

  private static long count(List<CheckResult> results, Status status) {
    return results.stream().filter(result -> result.status() == status).count();
  }
}
