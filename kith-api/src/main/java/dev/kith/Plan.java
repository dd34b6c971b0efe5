package dev.kith;

import dev.kith.model.Diagnostic;
import dev.kith.model.TableName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a run would do, a step for each table.
 *
 * @param asOf the instant of profiles, unless it follows from rows that are yet to be read
 * @param steps in the order of a run
 * @param warnings of the definitions
 */
public record Plan(Optional<Instant> asOf, List<Step> steps, List<Diagnostic> warnings) {

  public Plan {
    steps = List.copyOf(steps);
    warnings = List.copyOf(warnings);
  }

  /** What is done about a table. */
  public enum Action {
    /** A source is read, as far as it has something new. */
    READ,
    /** It is built. */
    BUILD,
    /** It is up to date. */
    KEEP,
    /** It was not selected; readers go on seeing what they see. */
    LEAVE,
    /** It is no longer defined, and goes from the release. */
    DROP
  }

  /**
   * One table's.
   *
   * @param why for people: {@code orders changed}; empty where there is nothing to say
   * @param certain whether it will be so, whatever sources have that nobody has read yet
   * @param estimate of the time it takes, from earlier runs
   */
  public record Step(
      TableName table, Action action, String why, boolean certain, Optional<Duration> estimate) {

    /** Whether it is certain that the table stays as it is. */
    public boolean isNothing() {
      return certain && (action == Action.KEEP || action == Action.LEAVE);
    }
  }

  /** Whether it is certain that nothing would be done. */
  public boolean isEmpty() {
    return steps.stream().allMatch(Step::isNothing);
  }

  /** The step of a table, if the plan has one. */
  public Optional<Step> step(String table) {
    return steps.stream().filter(step -> step.table().equals(TableName.parse(table))).findFirst();
  }
}
