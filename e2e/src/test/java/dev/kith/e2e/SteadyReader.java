package dev.kith.e2e;

import dev.kith.engine.Rows;
import dev.kith.model.KithException;
import dev.kith.run.ReleaseReader;
import dev.kith.run.Workspace;
import dev.kith.run.fault.RunCode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks at what is published again and again while others work on the project, and compares sums
 * over tables that are made from each other: in one whole release they are equal. Its own command
 * of Kith's each time, so it opens and reads what it finds at that moment.
 */
final class SteadyReader implements AutoCloseable {

  /** Orders with the products that are counted from them, and with their lines. */
  private static final String DIFFERENCES =
      "SELECT (SELECT sum(sold) FROM products) - (SELECT sum(quantity) FROM orders),"
          + " (SELECT sum(amount) FROM lines) - (SELECT sum(quantity * price) FROM orders),"
          + " (SELECT sum(spend) FROM customer) - (SELECT sum(amount) FROM lines)";

  private final ProjectFolder project;
  private final Thread thread;
  private final List<String> broken = new ArrayList<>();
  private volatile boolean ended;
  private int reads;

  private SteadyReader(ProjectFolder project) {
    this.project = project;
    this.thread = new Thread(this::work, "steady-reader");
    thread.setDaemon(true);
  }

  static SteadyReader of(ProjectFolder project) {
    SteadyReader reader = new SteadyReader(project);
    reader.thread.start();
    return reader;
  }

  private void work() {
    do {
      String difference = difference();
      synchronized (broken) {
        reads++;
        if (difference != null) {
          broken.add(difference);
        }
      }
    } while (!ended);
  }

  /** Nothing if all is equal, or if nothing is published yet. */
  private @Nullable String difference() {
    try (Workspace workspace = Published.workspace(project.path());
        ReleaseReader reader = workspace.reader();
        Rows rows = reader.query(DIFFERENCES)) {
      rows.next();
      StringBuilder text = new StringBuilder();
      boolean equal = true;
      for (int column = 0; column < 3; column++) {
        Object value = rows.value(column);
        equal &= value instanceof Number number && number.doubleValue() == 0;
        text.append(value).append(' ');
      }
      return equal ? null : text.toString();
    } catch (KithException fault) {
      return fault.code() == RunCode.NOTHING_PUBLISHED ? null : fault.toString();
    }
  }

  /** What was not as it should be, once the reader has ended. */
  List<String> broken() {
    synchronized (broken) {
      return List.copyOf(broken);
    }
  }

  int reads() {
    synchronized (broken) {
      return reads;
    }
  }

  /** After the read that is going on. */
  @Override
  public void close() throws InterruptedException {
    ended = true;
    thread.join();
  }
}
