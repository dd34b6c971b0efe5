package dev.kith.lake;

import dev.kith.model.KithException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right to change the warehouse, held by one process at a time; see {@link RunLeases}. It is
 * renewed in the background until it is closed.
 */
public final class RunLease implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RunLease.class);

  private final RunLeases leases;
  private final long token;
  private final Thread heart;
  private volatile boolean closed;

  RunLease(RunLeases leases, long token, Duration interval) {
    this.leases = leases;
    this.token = token;
    this.heart = new Thread(() -> beat(interval), "kith-lease");
    heart.setDaemon(true);
    heart.start();
  }

  /**
   * Fails if it is lost. Writes do so by themselves; this is for work that should not even begin.
   *
   * @throws KithException with {@link LakeCode#LEASE_LOST}
   */
  public void check() {
    if (!leases.isHeld(token)) {
      throw Fence.lost(null);
    }
  }

  /** Grows with each taking of the lease. */
  long token() {
    return token;
  }

  private void beat(Duration interval) {
    while (!closed) {
      try {
        Thread.sleep(interval.toMillis());
        if (!closed && !leases.renew(token)) {
          return;
        }
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        LOG.debug("The lease could not be renewed now", e); // there is time for more attempts
      }
    }
  }

  /** Lets go, so that the next one need not wait. */
  @Override
  public void close() {
    closed = true;
    heart.interrupt();
    try {
      leases.release(token);
    } catch (RuntimeException e) {
      LOG.debug("The lease could not be given back; it ends with the process", e);
    }
  }
}
