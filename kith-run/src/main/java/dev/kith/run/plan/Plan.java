package dev.kith.run.plan;

import dev.kith.lake.Release;
import dev.kith.model.TableName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a run would do, in order. A run follows the same stages, and decides anew at each of them
 * with what the stages before have brought.
 *
 * @param parent what readers see now, on which the run builds
 * @param asOf of profiles, as far as it is known before sources are read
 */
public record Plan(
    String environment,
    Optional<Release> parent,
    Optional<Instant> asOf,
    List<Stage> stages,
    List<ReaderChange> changes) {

  public Plan {
    stages = List.copyOf(stages);
    changes = List.copyOf(changes);
  }

  /** Whether it is certain that nothing would be done. */
  public boolean isEmpty() {
    return stages.stream()
        .allMatch(
            stage ->
                stage instanceof Stage.Leave
                    || (stage instanceof Stage.Keep keep
                        && keep.seen()
                        && keep.unless().isEmpty()
                        && keep.checks() == 0
                        && keep.copies().isEmpty())
                    || (stage instanceof Stage.Read read
                        && read.certain().equals(Optional.of(false))));
  }

  /** Whether it is certain that nothing is read or built, though there is something to do. */
  public boolean buildsNothing() {
    return !isEmpty()
        && stages.stream()
            .allMatch(
                stage ->
                    stage instanceof Stage.Leave
                        || (stage instanceof Stage.Keep keep && keep.unless().isEmpty())
                        || (stage instanceof Stage.Read read
                            && read.certain().equals(Optional.of(false))));
  }

  /** How many checks run of tables that stay as they are. */
  public int checksOfKept() {
    return stages.stream()
        .filter(Stage.Keep.class::isInstance)
        .map(Stage.Keep.class::cast)
        .mapToInt(Stage.Keep::checks)
        .sum();
  }

  /** Whether a table that stays as it is has copies of events that do not. */
  public boolean copiesForKept() {
    return stages.stream()
        .anyMatch(stage -> stage instanceof Stage.Keep keep && !keep.copies().isEmpty());
  }

  /** Everything that is built for certain. */
  public List<Stage.Build> builds() {
    return stages.stream()
        .filter(Stage.Build.class::isInstance)
        .map(Stage.Build.class::cast)
        .toList();
  }

  /** Of all builds, if it is known of each. */
  public Optional<Duration> estimate() {
    Duration total = Duration.ZERO;
    for (Stage.Build build : builds()) {
      if (build.estimate().isEmpty()) {
        return Optional.empty();
      }
      total = total.plus(build.estimate().get());
    }
    return Optional.of(total);
  }

  public Optional<Stage> stage(TableName table) {
    return stages.stream().filter(stage -> stage.table().equals(table)).findFirst();
  }
}
