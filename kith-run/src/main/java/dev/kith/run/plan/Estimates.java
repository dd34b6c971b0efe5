package dev.kith.run.plan;

import dev.kith.lake.RunStep;
import dev.kith.model.TableName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How long builds take, by how long they took: the median of the last ones of the same table that
 * were of the same sort, each stretched to the rows that are to be read now.
 */
public final class Estimates {

  /** Of each table, how many steps to look at. */
  public static final int STEPS = 5;

  /** A build that reads nothing takes about as long as reading so many rows. */
  private static final double ROWS_OF_OVERHEAD = 100_000;

  private final Supplier<Map<TableName, List<RunStep>>> source;
  private @Nullable Map<TableName, List<RunStep>> steps;

  /**
   * @param source the last steps of each table, which is asked once, if at all
   */
  public Estimates(Supplier<Map<TableName, List<RunStep>>> source) {
    this.source = source;
  }

  /**
   * Nothing for a table that was never built so.
   *
   * @param reading what the build reads, if that is known
   */
  public Optional<Duration> of(TableName table, Method method, Optional<Reading> reading) {
    RunStep.Action action = method.isUpdate() ? RunStep.Action.UPDATE : RunStep.Action.BUILD;
    List<Double> times =
        steps().getOrDefault(table, List.of()).stream()
            .filter(step -> step.action() == action)
            .map(step -> step.duration().toMillis() * stretch(step, reading))
            .sorted()
            .toList();
    return times.isEmpty()
        ? Optional.empty()
        : Optional.of(Duration.ofMillis(Math.round(times.get(times.size() / 2))));
  }

  private static double stretch(RunStep step, Optional<Reading> reading) {
    return reading.isEmpty() || step.rowsRead() < 0
        ? 1
        : (reading.get().rows() + ROWS_OF_OVERHEAD) / (step.rowsRead() + ROWS_OF_OVERHEAD);
  }

  private Map<TableName, List<RunStep>> steps() {
    if (steps == null) {
      steps = source.get();
    }
    return steps;
  }
}
