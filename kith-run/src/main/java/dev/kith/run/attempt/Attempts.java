package dev.kith.run.attempt;

import dev.kith.model.FaultCategory;
import dev.kith.model.KithException;
import dev.kith.model.TableName;
import dev.kith.model.definition.ProjectSettings.Retries;
import dev.kith.run.event.RunEvent;
import dev.kith.run.event.RunListener;
import java.time.Duration;
import java.util.Random;
import java.util.function.Supplier;

/**
 * Does work that commits at its very end, and does it again from its start if something outside has
 * failed that may be back soon.
 */
public final class Attempts {

  private final Retries retries;
  private final Backoff backoff;
  private final StopSignal stop;
  private final RunListener listener;

  /**
   * @param random for the lengths of waits
   * @param listener hears of each attempt after the first
   */
  public Attempts(Retries retries, Random random, StopSignal stop, RunListener listener) {
    this.retries = retries;
    this.backoff = new Backoff(retries, random);
    this.stop = stop;
    this.listener = listener;
  }

  /** Each piece of work is done once. */
  public static Attempts single() {
    return new Attempts(
        new Retries(1, Duration.ZERO), new Random(0), new StopSignal(), event -> {});
  }

  /** As {@link #of}, for work without a result. */
  public void run(TableName table, Runnable work) {
    var unused =
        of(
            table,
            () -> {
              work.run();
              return true;
            });
  }

  /**
   * Does the work, until it succeeds or fails in a way that would not pass.
   *
   * @param table what the work is about
   * @throws KithException the last attempt's, or the stop signal's
   */
  public <T> T of(TableName table, Supplier<T> work) {
    for (int attempt = 1; ; attempt++) {
      stop.check();
      try {
        return work.get();
      } catch (KithException fault) {
        stop.check(); // whatever fails while the run is being stopped
        boolean again =
            attempt < retries.attempts()
                && fault.category() == FaultCategory.OUTSIDE
                && fault.code().mayPass();
        if (!again) {
          throw fault;
        }
        Duration wait = backoff.before(attempt + 1);
        listener.on(new RunEvent.Retried(table, fault, attempt + 1, retries.attempts(), wait));
        stop.pause(wait);
      }
    }
  }
}
