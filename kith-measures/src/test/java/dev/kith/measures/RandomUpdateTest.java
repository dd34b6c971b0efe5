package dev.kith.measures;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.measures.Coverage.Edge;
import dev.kith.measures.RandomHistory.Edit;
import dev.kith.measures.RandomHistory.Move;
import dev.kith.measures.UpdatedProfile.Effort;
import dev.kith.measures.UpdatedProfile.Way;
import dev.kith.sql.Answers;
import dev.kith.sql.SqlAnalyzer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/**
 * Random projects whose releases follow one another: profiles that are only updated against {@link
 * Oracle}, column by column, as are those computed in other ways, and the tables of changes.
 *
 * <p>Five thousand, or as many as thirteen minutes allow. A failure prints the seed of its case and
 * the smallest case found that fails as well; {@code -Dkith.seed=N -Dkith.cases=1} repeats it.
 * {@code -Dkith.minutes=60} goes on for that long, with other cases every time.
 */
class RandomUpdateTest {

  private static final int CASES = Integer.getInteger("kith.cases", 5_000);

  /** From so many on, everything has to be met, and the more often the more there are. */
  private static final int ENOUGH = 500;

  private static final boolean LONG = Long.getLong("kith.minutes") != null;

  /** On a machine that is very busy, fewer cases are better than none of the other tests. */
  private static final Duration MOST = Duration.ofMinutes(Long.getLong("kith.minutes", 13));

  private static final long SEED =
      Long.getLong("kith.seed", LONG ? System.nanoTime() : 20_250_330L);
  private static final Duration SHRINKING =
      Duration.ofSeconds(Integer.getInteger("kith.shrinking", 60));

  /** A database gathers what was dropped, so each serves only so many cases. */
  private static final int CASES_PER_DATABASE = 500;

  private final Coverage coverage = new Coverage();
  private final Effort effort = new Effort();
  private final AtomicLong next = new AtomicLong();
  private final long begin = System.nanoTime();
  private volatile boolean failed;

  @Test
  void updatedIsAsComputedAnew() throws Exception {
    int threads = Runtime.getRuntime().availableProcessors();
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      List<Future<Worker>> working = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        working.add(executor.submit(new Worker()));
      }
      for (Future<Worker> each : working) {
        Worker worker = done(each);
        coverage.add(worker.coverage);
        effort.add(worker.effort);
      }
    } finally {
      executor.shutdownNow();
    }
    System.out.printf(
        "RandomUpdateTest: %d projects, %d releases, seed %d, %d s%n",
        effort.projects, effort.releases, SEED, elapsed().toSeconds());
    if (effort.projects >= ENOUGH) {
      everythingWasMet();
    }
  }

  private static Worker done(Future<Worker> working) throws Exception {
    try {
      return working.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof AssertionError fault) {
        throw fault;
      }
      throw e;
    }
  }

  private void everythingWasMet() {
    for (AggregateFunction function : AggregateFunction.values()) {
      met(function, 100, Edge.values());
      met(function, 50, Way.values());
      met(function, 1_000, Move.values());
      met(function, 1_000, Edit.values());
    }
    assertThat(effort.touched).as("of %s rows", effort.rows).isLessThan(effort.rows * 9 / 10);
  }

  /**
   * @param projects one of how many has to meet it at least
   */
  private void met(AggregateFunction function, int projects, Enum<?>... edges) {
    for (Enum<?> edge : edges) {
      assertThat(coverage.met(function, edge))
          .as("%s met %s%n%s", function, edge, coverage)
          .isGreaterThanOrEqualTo((int) (effort.projects / projects));
    }
  }

  private Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  private boolean goesOn(long number) {
    return !failed && (LONG || number < CASES) && elapsed().compareTo(MOST) < 0;
  }

  /** Checks one case after another, with a database of its own. */
  private final class Worker implements Callable<Worker> {

    private final Map<ZoneId, SqlAnalyzer> analyzers = new LinkedHashMap<>();
    private final Answers answers = Answers.in(Path.of("target", "never-written"));
    private final Coverage coverage = new Coverage();
    private final Effort effort = new Effort();

    @Override
    public Worker call() throws Exception {
      try {
        long number = next.getAndIncrement();
        while (goesOn(number)) {
          try (Duck duck = new Duck()) {
            for (int i = 0; i < CASES_PER_DATABASE && goesOn(number); i++) {
              check(duck, SEED + number);
              number = next.getAndIncrement();
            }
          }
        }
      } finally {
        analyzers.values().forEach(SqlAnalyzer::close);
      }
      return this;
    }

    private void check(Duck duck, long seed) {
      ReleaseSequence sequence = ReleaseSequence.random(new Random(seed));
      Optional<Throwable> fault = fault(duck, sequence);
      if (fault.isPresent()) {
        failed = true;
        Shrinking shrinking = new Shrinking(smaller -> fault(duck, smaller), SHRINKING);
        throw new AssertionError(
            "with -Dkith.seed="
                + seed
                + " -Dkith.cases=1\n"
                + shrinking.shrunken(sequence, fault.get()),
            fault.get());
      }
    }

    private Optional<Throwable> fault(Duck duck, ReleaseSequence sequence) {
      SqlAnalyzer analyzer =
          analyzers.computeIfAbsent(sequence.data().zone, zone -> new SqlAnalyzer(zone, answers));
      try {
        new UpdatedProfile(duck, analyzer, sequence, coverage, effort).check();
        return Optional.empty();
      } catch (AssertionError | Exception e) {
        return Optional.of(e);
      }
    }
  }
}
