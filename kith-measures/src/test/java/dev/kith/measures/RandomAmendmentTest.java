package dev.kith.measures;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.model.TableName;
import dev.kith.sql.SqlAnalyzer;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Random changes of random definitions: what is computed beside the columns that stay, against
 * {@link Oracle}, column by column. Tables of which nothing should be computed are not there. A
 * failure prints the seed of its case; {@code -Dkith.seed=N -Dkith.cases=1} repeats it.
 */
class RandomAmendmentTest {

  private static final int CASES = Integer.getInteger("kith.cases", 80);
  private static final long SEED = Long.getLong("kith.seed", 20_261_126L);

  private int steps;
  private int stepsOfAll;
  private int withoutEvents;

  @Test
  void amendedIsAsComputedAnew() throws Exception {
    Map<String, SqlAnalyzer> analyzers = new LinkedHashMap<>();
    try (Duck duck = new Duck()) {
      for (int i = 0; i < CASES; i++) {
        long seed = SEED + i;
        try {
          Random random = new Random(seed);
          RandomCase data = new RandomCase(random);
          SqlAnalyzer analyzer =
              analyzers.computeIfAbsent(data.zone.getId(), id -> new SqlAnalyzer(data.zone));
          check(duck, analyzer, random, data);
        } catch (AssertionError | Exception e) {
          throw new AssertionError("with -Dkith.seed=" + seed + " -Dkith.cases=1", e);
        }
      }
    } finally {
      analyzers.values().forEach(SqlAnalyzer::close);
    }
    if (CASES >= 80) {
      assertThat(steps).as("of %s steps", stepsOfAll).isLessThan(stepsOfAll / 2);
      assertThat(withoutEvents).isGreaterThan(5);
    }
  }

  private void check(Duck duck, SqlAnalyzer analyzer, Random random, RandomCase data)
      throws Exception {
    RandomProfile before = new RandomProfile(random, data, 3);
    RandomProfile after = before.edited(random);
    ProfilePlan plan = plan(before, random, analyzer);
    ProfilePlan wanted = plan(after, random, analyzer);
    Instants.Single instant = new Instants.Single(data.t);
    duck.zone(data.zone);
    for (TableName input : wanted.inputs()) {
      bind(duck, data, input);
    }
    CompiledQuery all = AsOfCompiler.compile(plan, instant, data.zone);
    duck.materialise(all.steps());
    duck.execute("CREATE OR REPLACE TEMP TABLE kith_before AS " + all.sql());
    for (TableName input : wanted.inputs()) {
      duck.execute("DROP TABLE " + input.quoted());
    }
    CompiledAmendment amended =
        AmendmentCompiler.compile(wanted, unchanged(plan, wanted), Set.of(), data.t, data.zone);
    for (TableName input : amended.inputs()) {
      bind(duck, data, input);
    }
    List<Map<String, @Nullable Object>> rows = duck.rows(amended.rows());
    compare(data, after, wanted, rows);
    steps += amended.rows().steps().size();
    stepsOfAll += AsOfCompiler.compile(wanted, instant, data.zone).steps().size();
    withoutEvents += amended.inputs().isEmpty() ? 1 : 0;
  }

  private static ProfilePlan plan(RandomProfile profile, Random random, SqlAnalyzer analyzer) {
    return random.nextBoolean() ? profile.plan(analyzer) : profile.planOfEvents(analyzer);
  }

  private static void bind(Duck duck, RandomCase data, TableName input) throws Exception {
    String table = input.name();
    if (data.tables().contains(table)) {
      duck.create(table, data.eventSchema(), data.eventRows(table, data.events));
    } else {
      duck.create("people", RandomCase.PEOPLE_SCHEMA, RandomCase.versionRows(data.versions));
    }
  }

  private static List<String> unchanged(ProfilePlan before, ProfilePlan after) {
    return after.schema().names().stream()
        .filter(name -> before.column(name).isPresent())
        .filter(name -> before.canonical(List.of(name)).equals(after.canonical(List.of(name))))
        .toList();
  }

  private static void compare(
      RandomCase data,
      RandomProfile profile,
      ProfilePlan plan,
      List<Map<String, @Nullable Object>> rows) {
    int people = 0;
    Coverage coverage = new Coverage();
    Instant at = data.t;
    for (long person = 1; person <= RandomCase.PEOPLE; person++) {
      if (!data.exists(person, at)) {
        continue;
      }
      people++;
      long key = person;
      Map<String, @Nullable Object> row =
          rows.stream()
              .filter(one -> Objects.equals(one.get("person"), key))
              .findAny()
              .orElseThrow();
      Map<String, @Nullable Object> expected =
          profile.expected(data.events, data.versions, person, at, coverage);
      for (String column : plan.schema().names()) {
        assertThat(
                column.equals("person")
                    || RandomProfile.alike(expected.get(column), row.get(column)))
            .as("%s of %s: expected %s, got %s", column, key, expected.get(column), row.get(column))
            .isTrue();
      }
    }
    assertThat(rows).hasSize(people);
  }
}
