package dev.kith.measures;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.measures.Coverage.Edge;
import dev.kith.model.definition.Knowledge;
import dev.kith.sql.SqlAnalyzer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Random histories and profiles, computed by the compiler's SQL and by {@link Oracle}. A failure
 * prints the seed of its case; {@code -Dkith.seed=N -Dkith.cases=1} repeats it.
 */
class RandomProfileTest {

  /** Of a few people each, so that there are more than a thousand histories. */
  private static final int CASES = Integer.getInteger("kith.cases", 350);

  private static final long SEED = Long.getLong("kith.seed", 20_240_331L);

  private final Coverage coverage = new Coverage();
  private long histories;

  @Test
  void agreesWithTheMeaning() throws Exception {
    Map<String, SqlAnalyzer> analyzers = new LinkedHashMap<>();
    try (Duck duck = new Duck()) {
      for (int i = 0; i < CASES; i++) {
        long seed = SEED + i;
        try {
          Case one = new Case(new Random(seed));
          SqlAnalyzer analyzer =
              analyzers.computeIfAbsent(
                  one.data.zone.getId(), id -> new SqlAnalyzer(one.data.zone));
          one.check(duck, analyzer);
          histories += one.data.histories();
        } catch (AssertionError | Exception e) {
          throw new AssertionError("with -Dkith.seed=" + seed + " -Dkith.cases=1", e);
        }
      }
    } finally {
      analyzers.values().forEach(SqlAnalyzer::close);
    }
    if (CASES >= 350) {
      assertThat(histories).isGreaterThanOrEqualTo(1_000);
      for (AggregateFunction function : AggregateFunction.values()) {
        for (Edge edge : Edge.values()) {
          assertThat(coverage.met(function, edge))
              .as("%s met %s%n%s", function, edge, coverage)
              .isGreaterThanOrEqualTo(50);
        }
      }
    }
  }

  /** One history, one profile. */
  private final class Case {
    private final RandomCase data;
    private final Random random;
    private final RandomProfile profile;

    Case(Random random) {
      this.random = random;
      data = new RandomCase(random);
      profile = new RandomProfile(random, data, 7);
    }

    void check(Duck duck, SqlAnalyzer analyzer) throws Exception {
      ProfilePlan plan = profile.plan(analyzer);
      duck.zone(data.zone);
      load(duck);
      CompiledQuery single = AsOfCompiler.compile(plan, new Instants.Single(data.t), data.zone);
      compare(List.of(data.t), duck.rows(single), single, false);

      List<Instant> instants = new ArrayList<>(List.of(data.t));
      instants.add(data.t.minus(1 + random.nextInt(40 * 24), ChronoUnit.HOURS));
      instants.add(data.t.minus(1, ChronoUnit.MICROS));
      bind(duck, plan, instants);
      CompiledQuery pairs =
          AsOfCompiler.compile(
              plan, new Instants.Pairs("rows", "who", "when", "bounds", Knowledge.NOW), data.zone);
      compare(instants, duck.rows(pairs), pairs, true);
    }

    private void load(Duck duck) throws Exception {
      for (String table : data.tables()) {
        duck.create(table, data.eventSchema(), data.eventRows(table, data.events));
      }
      duck.create("people", RandomCase.PEOPLE_SCHEMA, RandomCase.versionRows(data.versions));
    }

    private void bind(Duck duck, ProfilePlan plan, List<Instant> instants) throws Exception {
      duck.create("bounds", WindowBounds.of(plan, instants, data.zone));
      List<String> rows = new ArrayList<>();
      for (Instant instant : instants) {
        for (Long person : Arrays.asList(1L, 2L, 3L, 4L, 99L, null, 1L)) {
          rows.add("(" + person + ", TIMESTAMPTZ '" + instant + "')");
        }
      }
      duck.create("rows", "who BIGINT, \"when\" TIMESTAMPTZ", rows);
    }

    private void compare(
        List<Instant> instants,
        List<Map<String, @Nullable Object>> rows,
        CompiledQuery query,
        boolean pairs) {
      Map<String, Map<String, @Nullable Object>> actual = new LinkedHashMap<>();
      for (Map<String, @Nullable Object> row : rows) {
        String unit = row.get("person") + (pairs ? " at " + row.get("as_of") : "");
        assertThat(actual.put(unit, row)).as("second row of %s", unit).isNull();
      }
      int expected = 0;
      for (Instant t : instants) {
        for (long person : new long[] {1, 2, 3, 4, 99}) {
          boolean exists = data.exists(person, t);
          if (exists || pairs) {
            expected++;
            String unit = person + (pairs ? " at " + t : "");
            Map<String, @Nullable Object> row =
                Objects.requireNonNull(
                    actual.get(unit),
                    () ->
                        "no row of "
                            + unit
                            + " in "
                            + actual.keySet()
                            + "\n"
                            + data
                            + "\n"
                            + query);
            compare(row, person, t, exists, query, pairs);
          }
        }
        expected += pairs ? 1 : 0; // the pair without a person
      }
      assertThat(rows).hasSize(expected);
    }

    private void compare(
        Map<String, @Nullable Object> row,
        long person,
        Instant t,
        boolean exists,
        CompiledQuery query,
        boolean pairs) {
      Map<String, @Nullable Object> expected =
          profile.expected(data.events, data.versions, person, t, coverage);
      if (pairs) {
        assertThat(row.get("exists")).as("%s at %s%n%s", person, t, data).isEqualTo(exists);
      }
      expected.forEach(
          (column, value) -> {
            Object wanted = exists ? value : null;
            if (!RandomProfile.alike(wanted, row.get(column))) {
              throw new AssertionError(
                  "%s of %s at %s: expected %s, got %s%n%s%n%s%n%s"
                      .formatted(column, person, t, wanted, row.get(column), profile, data, query));
            }
          });
    }
  }
}
