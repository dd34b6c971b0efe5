package dev.kith.run.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.lake.RunStep;
import dev.kith.lake.RunStep.Action;
import dev.kith.model.TableName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class EstimatesTest {

  private static final TableName ORDERS = TableName.of("orders");

  @Test
  void theMedianOfTheSameSortCounts() {
    Estimates estimates =
        new Estimates(
            () ->
                Map.of(
                    ORDERS,
                    List.of(
                        step(Action.BUILD, -1, 900),
                        step(Action.BUILD, -1, 100),
                        step(Action.UPDATE, -1, 5),
                        step(Action.BUILD, -1, 200))));

    assertThat(estimates.of(ORDERS, new Method.Whole(), Optional.empty()))
        .contains(Duration.ofMillis(200));
    assertThat(estimates.of(ORDERS, new Method.Follow(ORDERS), Optional.empty()))
        .contains(Duration.ofMillis(5));
  }

  @Test
  void timesAreStretchedToTheRowsOfNow() {
    Estimates estimates =
        new Estimates(() -> Map.of(ORDERS, List.of(step(Action.BUILD, 900_000, 1000))));

    assertThat(estimates.of(ORDERS, new Method.Whole(), Optional.of(new Reading(1_900_000, 0))))
        .contains(Duration.ofSeconds(2));
    assertThat(estimates.of(ORDERS, new Method.Whole(), Optional.empty()))
        .contains(Duration.ofSeconds(1));
  }

  @Test
  void whatWasNeverBuiltHasNoEstimateAndTheLogIsReadOnce() {
    AtomicInteger reads = new AtomicInteger();
    Estimates estimates =
        new Estimates(
            () -> {
              reads.incrementAndGet();
              return Map.of();
            });

    assertThat(estimates.of(ORDERS, new Method.Whole(), Optional.empty())).isEmpty();
    assertThat(estimates.of(ORDERS, new Method.Differences(), Optional.empty())).isEmpty();
    assertThat(reads).hasValue(1);
  }

  private static RunStep step(Action action, long rowsRead, long millis) {
    return new RunStep(
        "run",
        ORDERS,
        action,
        "",
        RunStep.Status.SUCCEEDED,
        rowsRead,
        1,
        1,
        0,
        1,
        Duration.ofMillis(millis));
  }
}
