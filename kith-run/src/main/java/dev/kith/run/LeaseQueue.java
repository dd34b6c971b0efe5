package dev.kith.run;

import dev.kith.lake.LakeCode;
import dev.kith.lake.RunLease;
import dev.kith.model.KithException;
import dev.kith.run.event.RunEvent;
import dev.kith.run.event.RunListener;
import java.time.Duration;

/** Waits for the lease, and tells for whom; whoever stops the run need not wait as well. */
final class LeaseQueue {

  private final Workspace workspace;
  private final RunListener listener;
  private String told = "";

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
    workspace.stopSignal().check();
    return workspace.warehouse().leases().acquire("run", patience, this::waiting);
  }

  private void waiting(String why) {
    workspace.stopSignal().check();
    if (!why.equals(told)) {
      listener.on(new RunEvent.Waiting(why));
      told = why;
    }
  }
}
