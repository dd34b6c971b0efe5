package dev.kith.measures;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.model.definition.Knowledge;
import dev.kith.sql.SqlAnalyzer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Pairs that are answered in portions of people and of their instants have the rows that they have
 * together. A failure prints the seed of its case; {@code -Dkith.seed=N -Dkith.cases=1} repeats it.
 */
class PairsInPortionsTest {

  private static final int CASES = Integer.getInteger("kith.cases", 8);
  private static final long SEED = Long.getLong("kith.seed", 20_251_126L);
  private static final List<Long> PEOPLE = List.of(1L, 2L, 3L, 4L, 99L);

  @Test
  void haveTheRowsThatTheyHaveTogether() throws Exception {
    try (Duck duck = new Duck()) {
      for (int i = 0; i < CASES; i++) {
        Random random = new Random(SEED + i);
        RandomCase data = new RandomCase(random);
        RandomProfile profile = new RandomProfile(random, data, 7);
        try (SqlAnalyzer analyzer = new SqlAnalyzer(data.zone)) {
          check(duck, random, data, profile.plan(analyzer), "seed " + (SEED + i));
        }
      }
    }
  }

  private static void check(
      Duck duck, Random random, RandomCase data, ProfilePlan plan, String what) throws Exception {
    duck.zone(data.zone);
    for (String table : data.tables()) {
      duck.create(table, data.eventSchema(), data.eventRows(table, data.events));
    }
    duck.create("people", RandomCase.PEOPLE_SCHEMA, RandomCase.versionRows(data.versions));
    List<Instant> instants =
        LongStream.range(0, 3)
            .mapToObj(n -> data.t.minus(n * random.nextInt(20 * 24), ChronoUnit.HOURS))
            .distinct()
            .toList();
    duck.create("bounds", WindowBounds.of(plan, instants, data.zone));
    create(duck, "part", PEOPLE, instants);
    Map<String, Map<String, @Nullable Object>> together = new LinkedHashMap<>();
    Instants.Pairs all = new Instants.Pairs("part", "who", "when", "bounds", Knowledge.NOW);
    put(together, duck.rows(AsOfCompiler.compile(plan, all, data.zone)));

    Map<String, Map<String, @Nullable Object>> inPortions = new LinkedHashMap<>();
    Instants.Pairs some =
        new Instants.Pairs("part", "who", "when", "bounds", Knowledge.NOW, "section");
    PairsQuery query = AsOfCompiler.compile(plan, some, data.zone, Map.of(), List.of());
    duck.materialise(query.once());
    int cut = 1 + random.nextInt(PEOPLE.size() - 1);
    for (List<Long> section : List.of(PEOPLE.subList(0, cut), PEOPLE.subList(cut, PEOPLE.size()))) {
      create(duck, "section", section, List.of());
      duck.materialise(query.gathering());
      for (Instant instant : instants) {
        create(duck, "part", section, List.of(instant));
        duck.materialise(query.steps());
        put(inPortions, duck.rows(query.sql()));
      }
    }

    assertThat(inPortions.keySet())
        .as(what)
        .containsExactlyInAnyOrderElementsOf(together.keySet())
        .hasSize(PEOPLE.size() * instants.size());
    together.forEach(
        (pair, row) ->
            row.forEach(
                (column, value) ->
                    assertThat(
                            RandomProfile.alike(
                                value, Objects.requireNonNull(inPortions.get(pair)).get(column)))
                        .as("%s of %s: %s, %s", column, pair, value, what)
                        .isTrue()));
  }

  /** Pairs; only people where there are no instants. */
  private static void create(Duck duck, String table, List<Long> people, List<Instant> instants)
      throws Exception {
    List<String> rows = new ArrayList<>();
    for (Long person : people) {
      if (instants.isEmpty()) {
        rows.add("(" + person + ", NULL)");
      }
      instants.forEach(instant -> rows.add("(" + person + ", " + Dialect.instant(instant) + ")"));
    }
    duck.create(table, "who BIGINT, \"when\" TIMESTAMPTZ", rows);
  }

  private static void put(
      Map<String, Map<String, @Nullable Object>> byPair, List<Map<String, @Nullable Object>> rows) {
    rows.forEach(row -> byPair.put(row.get("person") + " at " + row.get("as_of"), row));
  }
}
