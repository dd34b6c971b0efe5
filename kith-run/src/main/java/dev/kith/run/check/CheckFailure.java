package dev.kith.run.check;

import dev.kith.model.KithException;
import dev.kith.model.TableName;
import dev.kith.run.event.CheckResult;
import dev.kith.run.event.CheckResult.Status;
import dev.kith.run.fault.RunCode;
import java.util.List;
import java.util.stream.Collectors;

/** The fault that checks of severity error have failed. */
public final class CheckFailure {

  private CheckFailure() {}

  /**
   * Of a table that was about to be published.
   *
   * @param results with at least one that failed
   */
  static KithException of(TableName table, String run, List<CheckResult> results) {
    List<CheckResult> failed = failed(results);
    String lines = failed.stream().map(CheckFailure::line).collect(Collectors.joining());
    boolean samples = failed.stream().anyMatch(result -> !result.samples().isEmpty());
    return KithException.check(
            RunCode.CHECK_FAILED,
            table.toString(),
            "Cannot publish: '%s' fails %s%s"
                .formatted(
                    table, failed.size() == 1 ? "a check" : failed.size() + " checks", lines))
        .withHelp(
            samples
                ? "readers still see the release before; look at the rows:\n        " + look(run)
                : "readers still see the release before; mend the data, the query, or the check");
  }

  /** Those that stop publication. */
  public static List<CheckResult> failed(List<CheckResult> results) {
    return results.stream().filter(result -> result.status() == Status.FAILED).toList();
  }

  /** The command that shows the rows at fault. */
  public static String look(String run) {
    return "kith query \"select * from kith_check_samples where run = '" + run + "'\"";
  }

  private static String line(CheckResult result) {
    String such =
        result.examples().isEmpty()
            ? ""
            : "\n    such as "
                + result.examples().stream()
                    .map(example -> "(" + example + ")")
                    .collect(Collectors.joining(" "));
    String why = result.description().map(text -> "\n    " + text).orElse("");
    return "\n  " + result.check() + ": " + result.message() + such + why;
  }
}
