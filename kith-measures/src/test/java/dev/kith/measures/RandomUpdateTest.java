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
import java.sql.SQLException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Random projects whose releases follow one another: profiles that are only updated against {@link
 * Oracle}, column by column, as are those computed in other ways, and the tables of changes.
 *
 * <p>A failure prints the seed of its case and the smallest case found that fails as well. How to
 * repeat it, and how to go on for an hour: {@link Trials}.
 */
class RandomUpdateTest {

  private static final int CASES = 5_000;

  /** A machine that does fewer in its time is ten times as slow as one processor should be. */
  private static final int LEAST = 500;

  /** From so many on, everything has to be met, and the more often the more there are. */
  private static final int ENOUGH = 500;

  private static final Duration MOST = Duration.ofMinutes(13);
  private static final long SEED = 20_250_330L;
  private static final Duration SHRINKING =
      Duration.ofSeconds(Integer.getInteger("kith.shrinking", 60));

  /** A database gathers what was dropped, so each serves only so many cases. */
  private static final int CASES_PER_DATABASE = 500;

  private final Coverage coverage = new Coverage();
  private final Effort effort = new Effort();

  @Test
  void updatedIsAsComputedAnew() throws Exception {
    Trials trials = new Trials("RandomUpdateTest", CASES, LEAST, MOST, SEED);
    for (Worker worker : trials.run(Worker::new)) {
      coverage.add(worker.coverage);
      effort.add(worker.effort);
    }
    System.out.printf(
        "RandomUpdateTest: %d releases, %d from tables that grew, %d changed definitions (%d with state, %d by state alone)%n",
        effort.releases, effort.grown, effort.amended, effort.kept, effort.keptWhole);
    if (effort.projects >= ENOUGH) {
      everythingWasMet();
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
    assertThat(effort.grown).as("of %s", effort.releases).isGreaterThan(effort.releases / 20);
    assertThat(effort.kept).as("of %s changes", effort.amended).isGreaterThan(effort.amended / 3);
    assertThat(effort.keptWhole).as("of %s", effort.kept).isGreaterThan(effort.kept / 50);
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

  /** Checks cases in a database of its own. */
  private static final class Worker implements Trials.Worker {

    private final Map<ZoneId, SqlAnalyzer> analyzers = new LinkedHashMap<>();
    private final Answers answers = Answers.in(Path.of("target", "never-written"));
    private final Coverage coverage = new Coverage();
    private final Effort effort = new Effort();
    private Duck duck = new Duck();
    private int served;

    Worker() throws SQLException {}

    @Override
    public void check(long seed) throws SQLException {
      if (++served > CASES_PER_DATABASE) {
        duck.close();
        duck = new Duck();
        served = 1;
      }
      ReleaseSequence sequence = ReleaseSequence.random(new Random(seed));
      Optional<Throwable> fault = fault(sequence);
      if (fault.isPresent()) {
        throw new AssertionError(
            "with -Dkith.seed="
                + seed
                + " -Dkith.cases=1\n"
                + new Shrinking(this::fault, SHRINKING).shrunken(sequence, fault.get()),
            fault.get());
      }
    }

    private Optional<Throwable> fault(ReleaseSequence sequence) {
      SqlAnalyzer analyzer =
          analyzers.computeIfAbsent(sequence.data().zone, zone -> new SqlAnalyzer(zone, answers));
      try {
        new UpdatedProfile(duck, analyzer, sequence, coverage, effort).check();
        return Optional.empty();
      } catch (AssertionError | Exception e) {
        return Optional.of(e);
      }
    }

    @Override
    public void close() throws SQLException {
      duck.close();
      analyzers.values().forEach(SqlAnalyzer::close);
    }
  }
}
