package dev.kith.run;

import dev.kith.lake.Release;
import dev.kith.run.plan.PinnedPlan;
import dev.kith.run.plan.Selection;
import dev.kith.run.plan.Strategy;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Optional;

/**
 * What is asked of a run.
 *
 * @param environment whose release is read and published
 * @param selection the tables that are brought up to date
 * @param fullRefresh builds every selected table and profile anew; sources still read only what is
 *     new
 * @param strategy how profiles are brought up to date; by what it costs if empty
 * @param asOf the instant of profiles
 * @param keepGoing goes on with what does not depend on a table that failed; nothing is published
 *     then
 * @param withSources whether sources are read; else everything builds on what was published of them
 * @param patience how long to wait for another process that is using the project
 * @param pinned a plan that must still hold
 * @param watched whether listeners hear how far statements are ({@link
 *     dev.kith.run.event.RunEvent.Progress}), which takes a few hundredths of their time
 */
public record RunOptions(
    String environment,
    Selection selection,
    boolean fullRefresh,
    Optional<Strategy> strategy,
    Optional<Moment> asOf,
    boolean keepGoing,
    boolean withSources,
    Duration patience,
    Optional<PinnedPlan> pinned,
    boolean watched) {

  public static final RunOptions DEFAULT =
      new RunOptions(
          Release.PRODUCTION,
          Selection.ALL,
          false,
          Optional.empty(),
          Optional.empty(),
          false,
          true,
          Duration.ZERO,
          Optional.empty(),
          false);

  public RunOptions in(String otherEnvironment) {
    return new RunOptions(
        otherEnvironment,
        selection,
        fullRefresh,
        strategy,
        asOf,
        keepGoing,
        withSources,
        patience,
        pinned,
        watched);
  }

  public RunOptions selecting(Selection other) {
    return new RunOptions(
        environment,
        other,
        fullRefresh,
        strategy,
        asOf,
        keepGoing,
        withSources,
        patience,
        pinned,
        watched);
  }

  public RunOptions refreshing(boolean everything) {
    return new RunOptions(
        environment,
        selection,
        everything,
        strategy,
        asOf,
        keepGoing,
        withSources,
        patience,
        pinned,
        watched);
  }

  public RunOptions by(Strategy forProfiles) {
    return new RunOptions(
        environment,
        selection,
        fullRefresh,
        Optional.of(forProfiles),
        asOf,
        keepGoing,
        withSources,
        patience,
        pinned,
        watched);
  }

  /** The start of that day in the project's zone. */
  public RunOptions asOf(LocalDate day) {
    return asOf(Moment.startOf(day));
  }

  public RunOptions asOf(Moment moment) {
    return new RunOptions(
        environment,
        selection,
        fullRefresh,
        strategy,
        Optional.of(moment),
        keepGoing,
        withSources,
        patience,
        pinned,
        watched);
  }

  public RunOptions keepingGoing(boolean afterFaults) {
    return new RunOptions(
        environment,
        selection,
        fullRefresh,
        strategy,
        asOf,
        afterFaults,
        withSources,
        patience,
        pinned,
        watched);
  }

  public RunOptions waiting(Duration forOthers) {
    return new RunOptions(
        environment,
        selection,
        fullRefresh,
        strategy,
        asOf,
        keepGoing,
        withSources,
        forOthers,
        pinned,
        watched);
  }

  public RunOptions withoutSources() {
    return new RunOptions(
        environment,
        selection,
        fullRefresh,
        strategy,
        asOf,
        keepGoing,
        false,
        patience,
        pinned,
        watched);
  }

  /** What a plan that was made earlier asks for. */
  public static RunOptions applying(PinnedPlan plan) {
    return new RunOptions(
        plan.environment(),
        plan.selection(),
        plan.fullRefresh(),
        Optional.empty(),
        Optional.empty(),
        false,
        true,
        Duration.ZERO,
        Optional.of(plan),
        false);
  }

  public RunOptions watched(boolean byListeners) {
    return new RunOptions(
        environment,
        selection,
        fullRefresh,
        strategy,
        asOf,
        keepGoing,
        withSources,
        patience,
        pinned,
        byListeners);
  }
}
