package dev.kith.measures;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.model.TableName;
import dev.kith.model.definition.Knowledge;
import dev.kith.model.type.TableSchema;
import dev.kith.sql.SqlAnalyzer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Pairs that are answered from copies of the events have the rows that the events themselves give,
 * whatever came and went since the copies were made. A failure prints the seed of its case; {@code
 * -Dkith.seed=N -Dkith.cases=1} repeats it.
 */
class EventCopyTest {

  private static final int CASES = Integer.getInteger("kith.cases", 16);
  private static final long SEED = Long.getLong("kith.seed", 20_251_127L);

  private long kept;
  private long grown;

  @Test
  void answersAsTheEventsDo() throws Exception {
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
    if (CASES >= 16) {
      assertThat(kept).as("copies with times before").isPositive();
      assertThat(grown).as("copies that events came to").isPositive();
    }
  }

  private void check(Duck duck, Random random, RandomCase data, ProfilePlan plan, String what)
      throws Exception {
    duck.zone(data.zone);
    for (String table : data.tables()) {
      duck.create(table, data.eventSchema(), data.eventRows(table, data.events));
    }
    duck.create("people", RandomCase.PEOPLE_SCHEMA, RandomCase.versionRows(data.versions));
    Instants.Pairs pairs = pairs(duck, random, data, plan);
    Map<String, Map<String, @Nullable Object>> expected =
        byPair(duck.rows(AsOfCompiler.compile(plan, pairs, data.zone)));

    List<StandingCopy> copies = new ArrayList<>();
    for (EventCopy copy : EventCopy.of(plan)) {
      long uses =
          plan.eventTables().stream()
              .filter(table -> table.relation().equals(copy.events().relation()))
              .count();
      if (uses == 1) {
        copies.add(copied(duck, random, data, copy));
      }
    }
    Map<String, Map<String, @Nullable Object>> actual =
        byPair(
            duck.rows(AsOfCompiler.compile(plan, pairs, data.zone, Map.of(), copies).together()));

    assertThat(actual.keySet()).as(what).containsExactlyInAnyOrderElementsOf(expected.keySet());
    expected.forEach(
        (pair, row) ->
            row.forEach(
                (column, value) ->
                    assertThat(
                            RandomProfile.alike(
                                value, Objects.requireNonNull(actual.get(pair)).get(column)))
                        .as("%s of %s: %s, %s, copies %s", column, pair, value, what, copies)
                        .isTrue()));
  }

  private static Instants.Pairs pairs(Duck duck, Random random, RandomCase data, ProfilePlan plan)
      throws Exception {
    List<Instant> instants =
        IntStream.range(0, 3)
            .mapToObj(n -> data.t.minus((long) n * random.nextInt(20 * 24), ChronoUnit.HOURS))
            .distinct()
            .toList();
    duck.create("bounds", WindowBounds.of(plan, instants, data.zone));
    duck.create(
        "asked",
        "who BIGINT, \"when\" TIMESTAMPTZ",
        LongStream.rangeClosed(1, RandomCase.PEOPLE + 1)
            .boxed()
            .flatMap(
                person ->
                    instants.stream().map(at -> "(" + person + ", " + Dialect.instant(at) + ")"))
            .toList());
    return new Instants.Pairs("asked", "who", "when", "bounds", Knowledge.NOW);
  }

  /**
   * Puts a copy in the place of a table. It is made of some of the events and of others that then
   * go; whose they are is copied anew, and the rest is added.
   */
  private StandingCopy copied(Duck duck, Random random, RandomCase data, EventCopy copy)
      throws Exception {
    String table = copy.events().relation().name();
    TableSchema schema = Profiles.schema(Event.columns(data.atType));
    List<Event> now = data.events.stream().filter(event -> event.table().equals(table)).toList();
    int late = random.nextInt(3);
    List<Event> came = now.stream().filter(event -> random.nextInt(4) < late).toList();
    List<Event> gone = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      Event some = data.another(data.t);
      gone.add(data.event(table, some.person(), some.at()));
    }
    List<Event> then = new ArrayList<>(now);
    then.removeAll(came);
    then.addAll(gone);
    create(duck, data, "kith_then", then);
    create(duck, data, "kith_gone", gone);
    create(duck, data, "kith_came", came);
    create(duck, data, "kith_now", now);
    String key = copy.events().person();
    String theirs = key + " IN (SELECT " + key + " FROM kith_gone WHERE " + key + " IS NOT NULL)";
    duck.execute(
        List.of(
            Duck.table("kith_copy", copy.made(TableName.of("kith_then"), schema)),
            "DELETE FROM kith_copy WHERE " + theirs,
            insert(copy.added(TableName.of("kith_now"), schema), theirs),
            insert(copy.added(TableName.of("kith_came"), schema), "NOT " + theirs),
            "DROP TABLE " + table,
            Duck.table(table, "SELECT * FROM kith_copy")));
    boolean hasGrown = !came.isEmpty() || !gone.isEmpty();
    kept += copy.values().isEmpty() ? 0 : 1;
    grown += hasGrown && !copy.values().isEmpty() ? 1 : 0;
    return new StandingCopy(copy, hasGrown || random.nextBoolean());
  }

  private static String insert(String rows, String condition) {
    return "INSERT INTO kith_copy SELECT * FROM (" + rows + ") AS r WHERE " + condition;
  }

  private static void create(Duck duck, RandomCase data, String name, List<Event> events)
      throws Exception {
    List<String> rows = events.stream().map(event -> event.row(data.atType, data.zone)).toList();
    duck.create(name, data.eventSchema(), rows);
  }

  private static Map<String, Map<String, @Nullable Object>> byPair(
      List<Map<String, @Nullable Object>> rows) {
    Map<String, Map<String, @Nullable Object>> byPair = new LinkedHashMap<>();
    rows.forEach(row -> byPair.put(row.get("person") + " at " + row.get("as_of"), row));
    return byPair;
  }
}
