package dev.kith.measures;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.model.definition.Knowledge;
import dev.kith.model.definition.Window;
import dev.kith.sql.SqlAnalyzer;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Labels around changes of the clocks, computed by SQL and by counting in Java. A failure prints
 * its seed; {@code -Dkith.seed=N} repeats it.
 */
class LabelTest {

  private static final int CASES = Integer.getInteger("kith.cases", 40);
  private static final long SEED = Long.getLong("kith.seed", 20_111_030L);

  private static final Map<String, String> CHANGES =
      Map.of(
          "Europe/London", "2011-10-30T01:00:00Z",
          "America/New_York", "2011-03-13T07:00:00Z",
          "Australia/Lord_Howe", "2011-10-01T15:30:00Z",
          "Pacific/Apia", "2011-12-30T10:00:00Z");
  private static final List<String> WINDOWS = List.of("12h", "1d", "3d", "1w", "1mo");

  @Test
  void countEventsFromTheInstantOnAndAreNullWhereTheWindowIsNotOver() throws Exception {
    try (Duck duck = new Duck()) {
      for (int i = 0; i < CASES; i++) {
        for (String zone : CHANGES.keySet()) {
          long seed = SEED + i;
          check(duck, new Random(seed), ZoneId.of(zone), "seed " + seed + " in " + zone);
        }
      }
    }
  }

  private static void check(Duck duck, Random random, ZoneId zone, String what) throws Exception {
    Instant change = Instant.parse(CHANGES.get(zone.getId()));
    List<Instant> events = moments(random, change, 12);
    List<Instant> asked = moments(random, change, 6);
    asked.add(events.get(0));
    duck.zone(zone);
    ProfilePlan plan;
    try (SqlAnalyzer analyzer = new SqlAnalyzer(zone)) {
      plan = plan(analyzer);
    }
    create(duck, "events", "person BIGINT, happened TIMESTAMPTZ", rows(events));
    create(duck, "asked", "who BIGINT, \"when\" TIMESTAMPTZ", rows(asked));
    WindowBounds bounds = WindowBounds.of(plan, asked, zone);
    create(
        duck,
        "bounds",
        bounds.schema().sql(),
        bounds.rows().stream()
            .map(row -> row.stream().map(LabelTest::literal).collect(Collectors.joining(", ")))
            .toList());
    Map<String, Instant> completeUntil = completeUntil(random, asked, change, zone);

    List<Map<String, @Nullable Object>> rows =
        duck.rows(
            AsOfCompiler.compile(
                    plan,
                    new Instants.Pairs("asked", "who", "when", "bounds", Knowledge.NOW),
                    zone,
                    completeUntil,
                    List.of())
                .together());

    assertThat(rows).as(what).hasSize((int) asked.stream().distinct().count());
    Instant first = events.stream().min(Instant::compareTo).orElseThrow();
    for (Map<String, @Nullable Object> row : rows) {
      Instant t = (Instant) Objects.requireNonNull(row.get("as_of"));
      for (String window : WINDOWS) {
        Instant end = ((Window.Span) Profiles.window("next " + window)).farEnd(t, zone);
        long count = events.stream().filter(e -> !e.isBefore(t) && e.isBefore(end)).count();
        String name = "n_next_" + window;
        boolean told = first.isBefore(t) && !end.isAfter(completeUntil.get(name));
        assertThat(row.get(name)).as("%s: %s at %s", what, name, t).isEqualTo(told ? count : null);
        assertThat(row.get("none_next_" + window))
            .as("%s: none in %s at %s", what, window, t)
            .isEqualTo(told ? count == 0 : null);
      }
    }
  }

  private static ProfilePlan plan(SqlAnalyzer analyzer) {
    String[] windows = WINDOWS.stream().map(window -> "next " + window).toArray(String[]::new);
    return new Profiles()
        .events(
            "events",
            "happened",
            List.of(),
            Profiles.schema("person", "BIGINT", "happened", "TIMESTAMPTZ"))
        .keysOf("events")
        .block("events", windows)
        .measure("n", "count(*)")
        .derive("none", "coalesce(n, 0) = 0")
        .end()
        .plan("person", analyzer);
  }

  /** Often the very end of a window, or a microsecond beside it. */
  private static Map<String, Instant> completeUntil(
      Random random, List<Instant> asked, Instant change, ZoneId zone) {
    Map<String, Instant> completeUntil = new HashMap<>();
    for (String window : WINDOWS) {
      Instant t = asked.get(random.nextInt(asked.size()));
      Instant end = ((Window.Span) Profiles.window("next " + window)).farEnd(t, zone);
      Instant until =
          random.nextInt(4) == 0
              ? moments(random, change, 1).get(0)
              : end.plusNanos((random.nextInt(3) - 1) * 1_000L);
      completeUntil.put("n_next_" + window, until);
      completeUntil.put("none_next_" + window, until);
    }
    return completeUntil;
  }

  /** Within some days of a change of the clocks, many of them on its hour. */
  private static List<Instant> moments(Random random, Instant change, int count) {
    List<Instant> moments = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      moments.add(
          random.nextBoolean()
              ? change.plus(Duration.ofHours(random.nextInt(24 * 6) - 24 * 3))
              : change.plusSeconds(random.nextInt(86_400 * 40) - 86_400 * 35));
    }
    return moments;
  }

  private static List<String> rows(List<Instant> moments) {
    return moments.stream().map(moment -> "1, " + literal(moment)).toList();
  }

  private static String literal(Instant instant) {
    return "TIMESTAMPTZ '" + instant + "'";
  }

  private static void create(Duck duck, String table, String columns, List<String> rows)
      throws Exception {
    duck.execute("CREATE OR REPLACE TEMP TABLE " + table + " (" + columns + ")");
    duck.execute(
        rows.stream()
            .collect(Collectors.joining("), (", "INSERT INTO " + table + " VALUES (", ")")));
  }
}
