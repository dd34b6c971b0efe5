package dev.kith.measures;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.sql.SqlAnalyzer;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Values that left windows, or all of them, and may come back. In London clocks were set back on 27
 * October 2024 at 01:00 UTC: at 00:30 UTC, half past one, a week had begun at 00:30 UTC of the
 * 20th; at 01:10 UTC, ten past one, it had begun at 00:10.
 */
class KeptValuesTest {

  private static final ZoneId ZONE = ZoneId.of("Europe/London");
  private static final String EVENTS = "person BIGINT, happened TIMESTAMPTZ, name VARCHAR";
  private static final String DAY_BEFORE = "2024-10-26T12:00:00Z";
  private static final String SUMMER = "2024-10-27T00:30:00Z";
  private static final String WINTER = "2024-10-27T01:10:00Z";
  private static final Happened ALWAYS = new Happened("tea", "2024-10-01T12:00:00Z");
  private static final Happened MUG = new Happened("mug", "2024-10-20T00:20:00Z");
  private static final Happened EARLIER_MUG = new Happened("mug", "2024-10-20T00:15:00Z");
  private static final Happened POT = new Happened("pot", "2024-10-22T12:00:00Z");

  /** An event of the one person. */
  private record Happened(String name, String at) {
    String row() {
      return "(1, '%s', '%s')".formatted(at, name);
    }
  }

  private record Moment(Instant at, List<Happened> events) {
    Moment(String at, Happened... events) {
      this(Instant.parse(at), List.of(events));
    }
  }

  @Test
  void valueThatIsGoneDoesNotComeBack() throws Exception {
    assertThat(
            counts(
                new Moment(DAY_BEFORE, MUG, ALWAYS),
                new Moment(SUMMER, MUG, ALWAYS),
                new Moment(SUMMER, ALWAYS),
                new Moment(WINTER, EARLIER_MUG, ALWAYS),
                new Moment(WINTER, POT, ALWAYS)))
        .containsExactly(1L, 0L, 0L, 1L, 1L);
  }

  @Test
  void valueThatGoesAsItLeavesDoesNotComeBack() throws Exception {
    assertThat(
            counts(
                new Moment(DAY_BEFORE, MUG, ALWAYS),
                new Moment(SUMMER, ALWAYS),
                new Moment(WINTER, EARLIER_MUG, ALWAYS),
                new Moment(WINTER, POT, ALWAYS)))
        .containsExactly(1L, 0L, 1L, 1L);
  }

  @Test
  void valueThatIsStillThereComesBack() throws Exception {
    assertThat(
            counts(
                new Moment(DAY_BEFORE, MUG, ALWAYS),
                new Moment(SUMMER, MUG, ALWAYS),
                new Moment(WINTER, MUG, ALWAYS),
                new Moment(WINTER, POT, ALWAYS)))
        .containsExactly(1L, 0L, 1L, 1L);
  }

  /** A value that left the week is distant as soon as what is kept is written at once. */
  @Test
  void distantValueThatComesAgainIsNoOtherOne() throws Exception {
    assertThat(
            countsEver(
                new Moment(SUMMER, ALWAYS, POT),
                new Moment(WINTER, ALWAYS, POT, new Happened("tea", "2024-10-27T01:00:00Z")),
                new Moment("2024-12-01T00:00:00Z", ALWAYS, POT),
                new Moment(
                    "2024-12-02T00:00:00Z",
                    ALWAYS,
                    POT,
                    new Happened("pot", "2024-12-01T12:00:00Z"))))
        .containsExactly(2L, 2L, 2L, 2L);
  }

  @Test
  void distantValueThatGoesIsGone() throws Exception {
    assertThat(
            countsEver(
                new Moment(SUMMER, ALWAYS, POT),
                new Moment(WINTER, POT),
                new Moment(WINTER, POT, ALWAYS)))
        .containsExactly(2L, 1L, 2L);
  }

  @Test
  void earlierEventOfADistantValueIsNoOtherOne() throws Exception {
    assertThat(
            countsEver(
                new Moment(SUMMER, ALWAYS, POT),
                new Moment(WINTER, ALWAYS, POT, new Happened("tea", "2023-10-01T12:00:00Z")),
                new Moment(WINTER, POT, new Happened("tea", "2023-10-01T12:00:00Z")),
                new Moment(WINTER, POT)))
        .containsExactly(2L, 2L, 2L, 1L);
  }

  /** Of a week it is looked for among that week's events; of all times it is still known. */
  @Test
  void theGreatestOfAWeekIsNotThatOfAllTimes() throws Exception {
    Happened jug = new Happened("jug", "2024-10-25T12:00:00Z");
    Moment[] moments = {
      new Moment(DAY_BEFORE, ALWAYS, POT, jug),
      new Moment("2024-10-29T14:00:00Z", ALWAYS, POT, jug),
      new Moment("2024-10-29T14:00:00Z", POT, jug)
    };

    assertThat(greatest("m_7d", moments)).containsExactly("pot", "jug", "jug");
    assertThat(greatest("m", moments)).containsExactly("tea", "tea", "pot");
  }

  /** How many different names there were in the week before each moment. */
  private static List<Object> counts(Moment... moments) throws Exception {
    return values("m_7d", "count(distinct name)", List.of("7d"), moments);
  }

  /** How many different names there ever were before each moment. */
  private static List<Object> countsEver(Moment... moments) throws Exception {
    return values("m", "count(distinct name)", List.of("7d", "ever"), moments);
  }

  private static List<Object> greatest(String column, Moment... moments) throws Exception {
    return values(column, "max(name)", List.of("7d", "ever"), moments);
  }

  private static List<Object> values(
      String column, String measure, List<String> windows, Moment... moments) throws Exception {
    List<Object> values = new ArrayList<>();
    try (SqlAnalyzer analyzer = new SqlAnalyzer(ZONE);
        Duck duck = new Duck()) {
      duck.zone(ZONE);
      ProfilePlan plan = plan(analyzer, measure, windows);
      for (int i = 0; i < moments.length; i++) {
        if (i == 0) {
          build(duck, plan, moments[0]);
        } else {
          update(duck, plan, moments[i - 1], moments[i]);
        }
        Map<String, ?> row = duck.rows("SELECT * FROM kith_after").get(0);
        values.add(row.get(column));
      }
    }
    return values;
  }

  private static ProfilePlan plan(SqlAnalyzer analyzer, String measure, List<String> windows) {
    return new Profiles()
        .events(
            "events",
            "happened",
            List.of(),
            Profiles.schema("person", "BIGINT", "happened", "TIMESTAMPTZ", "name", "VARCHAR"))
        .keysOf("events")
        .block("events", windows.toArray(String[]::new))
        .measure("m", measure)
        .end()
        .plan("person", analyzer);
  }

  private static void build(Duck duck, ProfilePlan plan, Moment moment) throws Exception {
    duck.create("events", EVENTS, rows(moment.events()));
    CompiledQuery query = AsOfCompiler.compileKeeping(plan, new Instants.Single(moment.at()), ZONE);
    duck.materialise(query.steps());
    for (CompiledQuery.Step step : query.steps()) {
      if (step.state().isPresent()) {
        duck.execute(UpdatedProfile.kept(step));
      }
    }
    duck.execute("CREATE OR REPLACE TEMP TABLE kith_after AS " + query.sql());
  }

  private static void update(Duck duck, ProfilePlan plan, Moment from, Moment to) throws Exception {
    duck.create("kith_all_of_events", EVENTS, rows(to.events()));
    duck.create("kith_before_in_events", EVENTS, rows(from.events()));
    duck.create("kith_came_to_events", EVENTS, rows(Lifetime.less(to.events(), from.events())));
    duck.create("kith_went_from_events", EVENTS, rows(Lifetime.less(from.events(), to.events())));
    duck.execute("CREATE OR REPLACE TEMP TABLE kith_before AS SELECT * FROM kith_after");
    CompiledUpdate update = DeltaCompiler.compile(plan, from.at(), to.at(), ZONE, Set.of());
    duck.execute(UpdatedProfile.steps(update));
    duck.execute(Duck.table("kith_after", UpdatedProfile.everybody(update)));
    List<String> kept = new ArrayList<>();
    for (StateChange change : update.state()) {
      kept.addAll(UpdatedProfile.followed(change));
      kept.addAll(UpdatedProfile.condensed(change));
    }
    duck.execute(kept);
  }

  private static List<String> rows(List<Happened> events) {
    return events.stream().map(Happened::row).toList();
  }
}
