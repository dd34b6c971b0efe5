package dev.kith.run.attempt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kith.lake.LakeCode;
import dev.kith.model.DiagnosticCode;
import dev.kith.model.KithException;
import dev.kith.model.TableName;
import dev.kith.model.definition.ProjectSettings.Retries;
import dev.kith.run.event.RunEvent;
import dev.kith.run.fault.RunCode;
import dev.kith.sources.fault.SourceCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AttemptsTest {

  private static final TableName ORDERS = TableName.of("orders");

  private final StopSignal stop = new StopSignal();
  private final List<RunEvent> events = new ArrayList<>();
  private int tries;

  @Test
  void whatMayPassIsTriedAgain() {
    int result =
        attempts(3, Duration.ofMillis(1))
            .of(ORDERS, () -> failing(2, SourceCode.DATABASE_UNREACHABLE));

    assertThat(result).isEqualTo(3);
    assertThat(events)
        .hasSize(2)
        .first()
        .isInstanceOfSatisfying(
            RunEvent.Retried.class,
            again -> {
              assertThat(again.table()).isEqualTo(ORDERS);
              assertThat(again.attempt()).isEqualTo(2);
              assertThat(again.attempts()).isEqualTo(3);
            });
  }

  @Test
  void theLastFaultIsTold() {
    KithException fault = fault(attempts(3, Duration.ZERO), SourceCode.DATABASE_UNREACHABLE);

    assertThat(fault).hasMessage("try 3");
    assertThat(tries).isEqualTo(3);
  }

  @Test
  void whatWillNotPassIsTriedOnce() {
    for (DiagnosticCode code :
        List.of(
            LakeCode.LEASE_LOST,
            LakeCode.DISK_FULL,
            LakeCode.CANNOT_READ,
            LakeCode.PROJECT_IN_USE,
            SourceCode.LOGIN_REFUSED,
            SourceCode.FILE_MISSING)) {
      tries = 0;
      assertThat(fault(attempts(3, Duration.ZERO), code)).as(code.id()).hasMessage("try 1");
    }
    assertThat(events).isEmpty();
  }

  @Test
  void whoeverStopsTheRunNeedNotWait() throws Exception {
    CompletableFuture<KithException> waiting =
        CompletableFuture.supplyAsync(
            () -> fault(attempts(3, Duration.ofMinutes(1)), LakeCode.COMMIT_UNKNOWN));
    stop.give();

    assertThat(waiting.get(10, TimeUnit.SECONDS).code()).isEqualTo(RunCode.STOPPED);
    assertThat(tries).isLessThanOrEqualTo(1);
  }

  @Test
  void waitsDoubleUpToAMinute() {
    Backoff backoff = new Backoff(new Retries(9, Duration.ofSeconds(10)), new Random(7));

    for (int round = 0; round < 100; round++) {
      assertThat(backoff.before(2)).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(10));
      assertThat(backoff.before(3)).isBetween(Duration.ofSeconds(10), Duration.ofSeconds(20));
      assertThat(backoff.before(9)).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(60));
    }
  }

  @Test
  void aFirstWaitMayBeLongerThanAMinute() {
    Backoff backoff = new Backoff(new Retries(9, Duration.ofMinutes(5)), new Random(7));

    assertThat(backoff.before(6)).isBetween(Duration.ofSeconds(150), Duration.ofMinutes(5));
  }

  private Attempts attempts(int count, Duration firstWait) {
    return new Attempts(new Retries(count, firstWait), new Random(1), stop, events::add);
  }

  private KithException fault(Attempts attempts, DiagnosticCode code) {
    return catchThrowableOfType(
        KithException.class, () -> attempts.of(ORDERS, () -> failing(Integer.MAX_VALUE, code)));
  }

  private int failing(int times, DiagnosticCode code) {
    tries++;
    if (tries <= times) {
      throw KithException.outside(code, "orders", "try " + tries, null);
    }
    return tries;
  }
}
