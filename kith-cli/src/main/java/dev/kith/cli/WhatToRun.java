package dev.kith.cli;

import dev.kith.model.KithException;
import dev.kith.run.DayRange;
import dev.kith.run.RunOptions;
import dev.kith.run.plan.Selection;
import dev.kith.run.plan.Strategy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that say what a run is to bring up to date. */
final class WhatToRun {

  @Option(
      names = {"-s", "--select"},
      paramLabel = "TERM",
      split = ",",
      description =
          "Only these tables: a name, a pattern with *, tag:NAME or owner:NAME; +TERM adds what"
              + " they are made of, TERM+ what reads them.")
  private List<String> select = new ArrayList<>();

  @Option(
      names = "--exclude",
      paramLabel = "TERM",
      split = ",",
      description = "Not these tables, in the same terms.")
  private List<String> exclude = new ArrayList<>();

  @Option(
      names = "--full-refresh",
      description = "Builds every table and profile anew; sources still read only what is new.")
  private boolean fullRefresh;

  @Option(
      names = "--strategy",
      paramLabel = "WAY",
      description =
          "How profiles are brought up to date: delta from state that is kept beside them, by what"
              + " came to windows and went from them; touched computes the people whose rows can have"
              + " changed, full everybody (default: by what it costs).")
  private @Nullable Strategy strategy;

  @Option(
      names = "--as-of",
      paramLabel = "TIME|DATE..DATE",
      description =
          "Builds profiles as of this time, such as 2026-01-31 (its start) or '2026-01-31 18:00'; or"
              + " of each day from the first to the last, a release for each, without those that are"
              + " done.")
  private @Nullable When asOf;

  RunOptions options() {
    RunOptions options =
        RunOptions.DEFAULT.selecting(new Selection(select, exclude)).refreshing(fullRefresh);
    if (strategy != null) {
      options = options.by(strategy);
    }
    return asOf instanceof When.Once once ? options.asOf(once.moment()) : options;
  }

  /** The days, where several were asked for. */
  Optional<DayRange> days() {
    return asOf instanceof When.Daily daily ? Optional.of(daily.days()) : Optional.empty();
  }

  /**
   * To be asked where a plan is written or applied.
   *
   * @throws KithException if several days were asked for: a plan is of one
   */
  void requireOneDay(String option) {
    days()
        .ifPresent(
            days -> {
              throw KithException.usage(
                      CliCode.ONE_PLAN_A_DAY,
                      days.toString(),
                      "Cannot pin a range of days: " + option + " with --as-of " + days)
                  .withHelp("a plan is of one day; a range goes on by itself where it stopped");
            });
  }
}
