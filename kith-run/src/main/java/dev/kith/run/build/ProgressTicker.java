package dev.kith.run.build;

import dev.kith.engine.Session;
import dev.kith.model.TableName;
import dev.kith.run.event.RunEvent;
import dev.kith.run.event.RunListener;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Tells a listener a few times a second how far a session's statement is. */
final class ProgressTicker implements AutoCloseable {

  private static final long PERIOD_MILLIS = 200;

  private final ScheduledExecutorService timer;

  ProgressTicker(Session session, TableName table, String activity, RunListener listener) {
    timer =
        Executors.newSingleThreadScheduledExecutor(
            runnable -> {
              Thread thread = new Thread(runnable, "kith-progress");
              thread.setDaemon(true);
              return thread;
            });
    var unused =
        timer.scheduleAtFixedRate(
            () -> {
              synchronized (listener) {
                listener.on(new RunEvent.Progress(table, activity, session.progress()));
              }
            },
            PERIOD_MILLIS,
            PERIOD_MILLIS,
            TimeUnit.MILLISECONDS);
  }

  /** Returns when no more progress will be told. */
  @Override
  public void close() {
    timer.shutdownNow();
    try {
      timer.awaitTermination(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
