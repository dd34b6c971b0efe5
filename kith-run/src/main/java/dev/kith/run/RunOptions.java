package dev.kith.run;

import dev.kith.lake.Release;
import dev.kith.run.plan.PinnedPlan;
import dev.kith.run.plan.Selection;
import dev.kith.run.plan.Strategy;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Optional;
import java.util.function.Consumer;

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

  /** The same of another environment. */
  public RunOptions in(String other) {
    return with(draft -> draft.environment = other);
  }

  /** The same of other tables. */
  public RunOptions selecting(Selection other) {
    return with(draft -> draft.selection = other);
  }

  /** The same, building everything selected anew or not. */
  public RunOptions refreshing(boolean everything) {
    return with(draft -> draft.fullRefresh = everything);
  }

  /** The same, with profiles brought up to date in this way, whatever it costs. */
  public RunOptions by(Strategy forProfiles) {
    return with(draft -> draft.strategy = Optional.of(forProfiles));
  }

  /** The start of that day in the project's zone. */
  public RunOptions asOf(LocalDate day) {
    return asOf(Moment.startOf(day));
  }

  /** The same as of another moment. */
  public RunOptions asOf(Moment moment) {
    return with(draft -> draft.asOf = Optional.of(moment));
  }

  /** The same, going on after faults or not. */
  public RunOptions keepingGoing(boolean afterFaults) {
    return with(draft -> draft.keepGoing = afterFaults);
  }

  /** The same, waiting at most so long for another process that is using the project. */
  public RunOptions waiting(Duration forOthers) {
    return with(draft -> draft.patience = forOthers);
  }

  /** The same upon what was published of sources. */
  public RunOptions withoutSources() {
    return with(draft -> draft.withSources = false);
  }

  /** The same, with listeners told a few times a second how far the running statement is or not. */
  public RunOptions watched(boolean byListeners) {
    return with(draft -> draft.watched = byListeners);
  }

  /** What a plan that was made earlier asks for. */
  public static RunOptions applying(PinnedPlan plan) {
    return DEFAULT.with(
        draft -> {
          draft.environment = plan.environment();
          draft.selection = plan.selection();
          draft.fullRefresh = plan.fullRefresh();
          draft.pinned = Optional.of(plan);
        });
  }

  private RunOptions with(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return draft.options();
  }

  /** Options of which some are about to change. */
  private static final class Draft {
    private String environment;
    private Selection selection;
    private boolean fullRefresh;
    private Optional<Strategy> strategy;
    private Optional<Moment> asOf;
    private boolean keepGoing;
    private boolean withSources;
    private Duration patience;
    private Optional<PinnedPlan> pinned;
    private boolean watched;

    Draft(RunOptions options) {
      environment = options.environment;
      selection = options.selection;
      fullRefresh = options.fullRefresh;
      strategy = options.strategy;
      asOf = options.asOf;
      keepGoing = options.keepGoing;
      withSources = options.withSources;
      patience = options.patience;
      pinned = options.pinned;
      watched = options.watched;
    }

    RunOptions options() {
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
          watched);
    }
  }
}
