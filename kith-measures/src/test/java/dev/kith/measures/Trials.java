package dev.kith.measures;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The cases of a random test, each made of a seed: they are checked one beside another, as many as
 * there are processors, until there are enough, time is up or one has failed.
 *
 * <p>{@code -Dkith.seed=N -Dkith.cases=1} repeats one. {@code -Dkith.minutes=60} goes on for that
 * long, with other cases every time.
 */
public final class Trials {

  private static final boolean LONG = Long.getLong("kith.minutes") != null;

  private final String test;
  private final long cases;
  private final long least;
  private final Duration most;
  private final long seed;
  private final AtomicLong next = new AtomicLong();
  private final AtomicLong checked = new AtomicLong();
  private final long begin = System.nanoTime();
  private volatile boolean failed;

  /**
   * @param test its name
   * @param cases how many are enough
   * @param least fewer than these are no test, however slow the machine
   * @param most time: on a machine that is busy, fewer cases are better than none of other tests
   * @param seed of the first case
   */
  public Trials(String test, int cases, int least, Duration most, long seed) {
    this.test = test;
    this.cases = LONG ? Long.MAX_VALUE : Integer.getInteger("kith.cases", cases);
    this.least = Math.min(least, this.cases);
    this.most = LONG ? Duration.ofMinutes(Long.getLong("kith.minutes", 0)) : most;
    this.seed = Long.getLong("kith.seed", LONG ? System.nanoTime() : seed);
  }

  /** Checks one case after another. */
  public interface Worker extends AutoCloseable {
    void check(long caseSeed) throws Exception;

    @Override
    void close() throws SQLException;
  }

  /**
   * Checks the cases, and says how many there were.
   *
   * @param workers makes those that do so, each for one thread
   * @return the workers, closed
   * @throws AssertionError if a case fails, or there were too few
   */
  public <W extends Worker> List<W> run(Callable<W> workers) throws Exception {
    int threads = Runtime.getRuntime().availableProcessors();
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    List<W> done = new ArrayList<>();
    try {
      List<Future<W>> working = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        working.add(executor.submit(() -> worked(workers)));
      }
      for (Future<W> each : working) {
        done.add(done(each));
      }
    } finally {
      executor.shutdownNow();
    }
    System.out.printf(
        "%s: %d cases of %s from seed %d in %d s%n",
        test, checked(), LONG ? "any number" : cases, seed, elapsed().toSeconds());
    assertThat(checked()).as("cases in %s", elapsed()).isGreaterThanOrEqualTo(least);
    return done;
  }

  /** How many cases have been checked. */
  public long checked() {
    return checked.get();
  }

  private <W extends Worker> W worked(Callable<W> workers) throws Exception {
    try (W worker = workers.call()) {
      long number = next.getAndIncrement();
      while (goesOn(number)) {
        check(worker, seed + number);
        number = next.getAndIncrement();
      }
      return worker;
    }
  }

  private void check(Worker worker, long caseSeed) throws Exception {
    boolean fine = false;
    try {
      worker.check(caseSeed);
      fine = true;
      checked.incrementAndGet();
    } finally {
      if (!fine) {
        failed = true;
      }
    }
  }

  private boolean goesOn(long number) {
    return !failed && number < cases && elapsed().compareTo(most) < 0;
  }

  private Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  private static <W> W done(Future<W> working) throws Exception {
    try {
      return working.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof AssertionError fault) {
        throw fault;
      }
      throw e;
    }
  }
}
