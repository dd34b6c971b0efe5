package dev.kith.run;

import dev.kith.lake.LakeCode;
import dev.kith.lake.RunLease;
import dev.kith.model.KithException;
import dev.kith.run.event.RunEvent;
import dev.kith.run.event.RunListener;
import java.time.Duration;

/** Waits for the lease in short turns, so that whoever stops the run need not wait as well. */
final class LeaseQueue {

  private static final Duration TURN = Duration.ofMillis(500);

  private final Workspace workspace;
  private final RunListener listener;

  LeaseQueue(Workspace workspace, RunListener listener) {
    this.workspace = workspace;
    this.listener = listener;
  }

  /**
   * Takes the lease as soon as it is free.
   *
   * @throws KithException with {@link LakeCode#PROJECT_IN_USE} when the patience is at its end
   */
  RunLease acquire(Duration patience) {
    long end = System.nanoTime() + patience.toNanos();
    boolean told = false;
    while (true) {
      workspace.stopSignal().check();
      Duration left = Duration.ofNanos(Math.max(0, end - System.nanoTime()));
      try {
        return workspace.warehouse().leases().acquire("run", told ? shorter(left) : Duration.ZERO);
      } catch (KithException fault) {
        if (fault.code() != LakeCode.PROJECT_IN_USE || left.isZero()) {
          throw fault;
        }
        if (!told) {
          listener.on(new RunEvent.Waiting(String.valueOf(fault.getMessage())));
          told = true;
        }
      }
    }
  }

  private static Duration shorter(Duration left) {
    return left.compareTo(TURN) < 0 ? left : TURN;
  }
}
