package dev.kith.measures;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.measures.RandomHistory.Edit;
import dev.kith.measures.RandomHistory.Move;
import dev.kith.measures.RandomHistory.Release;
import dev.kith.measures.ReleaseSequence.Effort;
import dev.kith.sql.SqlAnalyzer;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Random releases one after another: profiles that are only updated against {@link Oracle}, column
 * by column. A failure prints the seed of its case and the smallest one found that fails as well;
 * {@code -Dkith.seed=N -Dkith.cases=1} repeats it, and many {@code -Dkith.cases} make it run for
 * long.
 */
class RandomUpdateTest {

  private static final int CASES = Integer.getInteger("kith.cases", 40);
  private static final long SEED = Long.getLong("kith.seed", 20_250_330L);
  private static final int SHRINKING_STEPS = Integer.getInteger("kith.shrinking", 400);

  private final Map<String, SqlAnalyzer> analyzers = new LinkedHashMap<>();
  private final Map<Move, Integer> moves = new EnumMap<>(Move.class);
  private final Map<Edit, Integer> edits = new EnumMap<>(Edit.class);
  private final Coverage coverage = new Coverage();
  private final Effort effort = new Effort();

  @Test
  void updatedIsAsComputedAnew() throws Exception {
    try (Duck duck = new Duck()) {
      for (int i = 0; i < CASES; i++) {
        check(duck, SEED + i);
      }
    } finally {
      analyzers.values().forEach(SqlAnalyzer::close);
    }
    if (CASES >= 40) {
      assertThat(moves.values()).hasSize(Move.values().length).allMatch(count -> count >= 15);
      assertThat(edits.values()).hasSize(Edit.values().length).allMatch(count -> count >= 15);
      for (AggregateFunction function : AggregateFunction.values()) {
        assertThat(coverage.met(function, Coverage.Edge.ON_FAR_END)).isPositive();
      }
      assertThat(effort.touched).as("of %s rows", effort.rows).isLessThan(effort.rows * 9 / 10);
    }
  }

  private void check(Duck duck, long seed) {
    Random random = new Random(seed);
    RandomCase data = new RandomCase(random);
    RandomProfile profile = new RandomProfile(random, data, 3);
    int count = 5 + Math.min(random.nextInt(26), random.nextInt(26));
    List<Release> releases = new RandomHistory(random, data).releases(count);
    releases.forEach(
        release -> {
          moves.merge(release.move(), 1, Integer::sum);
          release.edits().forEach(edit -> edits.merge(edit, 1, Integer::sum));
        });
    ReleaseSequence sequence = new ReleaseSequence(data, profile, random.nextBoolean(), releases);
    Optional<Throwable> fault = fault(duck, sequence);
    if (fault.isPresent()) {
      throw new AssertionError(
          "with -Dkith.seed=" + seed + " -Dkith.cases=1\n" + shrunken(duck, sequence), fault.get());
    }
  }

  private Optional<Throwable> fault(Duck duck, ReleaseSequence sequence) {
    SqlAnalyzer analyzer =
        analyzers.computeIfAbsent(
            sequence.data().zone.getId(), id -> new SqlAnalyzer(sequence.data().zone));
    try {
      sequence.check(duck, analyzer, coverage, effort);
      return Optional.empty();
    } catch (AssertionError | Exception e) {
      return Optional.of(e);
    }
  }

  /** Takes away what can go while it still fails. */
  private String shrunken(Duck duck, ReleaseSequence failing) {
    ReleaseSequence smallest = failing;
    int steps = 0;
    boolean smaller = true;
    while (smaller && steps < SHRINKING_STEPS) {
      smaller = false;
      for (ReleaseSequence candidate : smallest.smaller().toList()) {
        if (++steps <= SHRINKING_STEPS && fault(duck, candidate).isPresent()) {
          smallest = candidate;
          smaller = true;
          break;
        }
      }
    }
    return fault(duck, smallest).map(Throwable::getMessage).orElse("") + "\n" + smallest;
  }
}
