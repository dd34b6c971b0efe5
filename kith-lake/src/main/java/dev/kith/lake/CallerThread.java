package dev.kith.lake;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.util.ThreadPools;

/**
 * Runs Iceberg's tasks in the thread that hands them in. Iceberg waits for a pool in steps of 10
 * ms, which for the few small manifests of most tables is far longer than the work.
 */
final class CallerThread extends AbstractExecutorService {

  /** From here on, reading in parallel is worth a pool. */
  private static final int MANY_MANIFESTS = 32;

  private static final CallerThread INSTANCE = new CallerThread();

  private CallerThread() {}

  /** Fit for reading the manifests of a snapshot. */
  static ExecutorService forReading(Snapshot snapshot, FileIO io) {
    return snapshot.allManifests(io).size() < MANY_MANIFESTS
        ? INSTANCE
        : ThreadPools.getWorkerPool();
  }

  /** Fit for commits, which touch few manifests. */
  static ExecutorService forCommits() {
    return INSTANCE;
  }

  @Override
  public void execute(Runnable task) {
    task.run();
  }

  /** Nothing to stop: it is shared, and no task outlives its call. */
  @Override
  public void shutdown() {}

  @Override
  public List<Runnable> shutdownNow() {
    return List.of();
  }

  @Override
  public boolean isShutdown() {
    return false;
  }

  @Override
  public boolean isTerminated() {
    return false;
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) {
    return false;
  }
}
