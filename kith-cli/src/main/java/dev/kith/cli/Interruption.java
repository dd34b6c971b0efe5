package dev.kith.cli;

import java.io.PrintWriter;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a signal that asks the process to end does: the work that is going on is asked to stop, and
 * ends the command in its own way, soon. A second signal, and any where no such work goes on, ends
 * the process at once; nothing is harmed by that.
 */
final class Interruption {

  /** As shells count them. */
  private static final int EXIT_CODES = 128;

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final PrintWriter err;
  private int signal;
  private @Nullable Runnable stopper;

  Interruption(PrintWriter err) {
    this.err = err;
  }

  /** Work that can be asked to stop; closing says that it has ended. */
  interface Work extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * From now on a signal stops this work.
   *
   * @param stop may be called from any thread
   */
  synchronized Work stoppable(Runnable stop) {
    stopper = stop;
    return this::ended;
  }

  private synchronized void ended() {
    stopper = null;
  }

  /** To be called for each signal, from any thread. */
  void signalled(int number) {
    Runnable stop = first(number);
    if (stop == null) {
      Runtime.getRuntime().halt(EXIT_CODES + number);
      return;
    }
    err.println("Stopping; a second time ends at once");
    err.flush();
    endAnywayLater(number);
    stop.run();
  }

  /** The work to stop, if this is the first signal and there is any. */
  private synchronized @Nullable Runnable first(int number) {
    boolean again = signal != 0;
    signal = number;
    return again ? null : stopper;
  }

  /** Work that waits for something outside may not hear of it. */
  private static void endAnywayLater(int number) {
    Thread thread =
        new Thread(
            () -> {
              try {
                Thread.sleep(PATIENCE.toMillis());
                Runtime.getRuntime().halt(EXIT_CODES + number);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "kith-stop");
    thread.setDaemon(true);
    thread.start();
  }

  /** Of a command that was stopped. */
  synchronized int exitCode() {
    return EXIT_CODES + (signal == 0 ? Signals.INTERRUPT : signal);
  }
}
