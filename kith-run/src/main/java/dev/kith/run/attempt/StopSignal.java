package dev.kith.run.attempt;

import dev.kith.engine.EngineCode;
import dev.kith.model.KithException;
import dev.kith.run.fault.RunCode;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The wish that a run ends before it has published anything. Any thread may give it; the run looks
 * for it between pieces of work. What has been committed stays for the next run.
 */
public final class StopSignal {

  private final CountDownLatch given = new CountDownLatch(1);

  public void give() {
    given.countDown();
  }

  public boolean isGiven() {
    return given.getCount() == 0;
  }

  /**
   * @throws KithException with {@link RunCode#STOPPED} if the signal was given
   */
  public void check() {
    if (isGiven()) {
      throw stopped();
    }
  }

  /**
   * Waits, unless the signal is given meanwhile.
   *
   * @throws KithException with {@link RunCode#STOPPED} if it is, or if the thread is interrupted
   */
  void pause(Duration wait) {
    try {
      if (given.await(wait.toMillis(), TimeUnit.MILLISECONDS)) {
        throw stopped();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw stopped();
    }
  }

  /** The fault to tell: a statement that was cancelled by the signal has not failed by itself. */
  public KithException reason(KithException fault) {
    return isGiven() && fault.code() == EngineCode.CANCELLED ? stopped() : fault;
  }

  private static KithException stopped() {
    return KithException.outside(RunCode.STOPPED, "run", "Stopped; nothing was published", null);
  }
}
