package dev.kith.run.openlineage;

import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Sends events one after the other beside the run, which never waits for them but at its end. The
 * first that fails is told of, and ends the sending: a run with a thousand tables is not to wait a
 * thousand times for an endpoint that is down.
 */
final class Outbox implements AutoCloseable {

  private static final int SECONDS_AT_END = 20;

  private final EventSink sink;
  private final Consumer<String> failed;
  private final ExecutorService sender =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread thread = new Thread(work, "kith-lineage");
            thread.setDaemon(true);
            return thread;
          });
  private volatile boolean broken;

  /**
   * @param failed hears why events are not sent, at most once
   */
  Outbox(EventSink sink, Consumer<String> failed) {
    this.sink = sink;
    this.failed = failed;
  }

  void send(String event) {
    if (!broken) {
      sender.execute(() -> deliver(event));
    }
  }

  private void deliver(String event) {
    if (broken) {
      return;
    }
    try {
      sink.send(event);
    } catch (IOException | RuntimeException e) {
      fail(reason(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String reason(Exception fault) {
    String message = fault.getMessage();
    return message == null ? fault.getClass().getSimpleName() : message;
  }

  /** Sends no more, and tells why. */
  void fail(String reason) {
    boolean first = !broken;
    broken = true;
    if (first) {
      failed.accept(reason);
    }
  }

  /** Waits for what is still to be sent, but not forever. */
  @Override
  public void close() {
    sender.shutdown();
    try {
      if (!sender.awaitTermination(SECONDS_AT_END, TimeUnit.SECONDS)) {
        fail("the events of this run were not taken in time");
        sender.shutdownNow();
      }
    } catch (InterruptedException e) {
      sender.shutdownNow();
      Thread.currentThread().interrupt();
    }
    sink.close();
  }
}
