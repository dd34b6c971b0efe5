package dev.kith.measures;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.sql.SqlAnalyzer;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Values that left all windows, and came back to them or did not, as an instant goes back. */
class KeptValuesTest {

  private static final ZoneId UTC = ZoneId.of("UTC");
  private static final String EVENTS = "person BIGINT, happened TIMESTAMPTZ, name VARCHAR";

  /** An event of the one person. */
  private record Happened(String name, int day) {
    String row() {
      return "(1, '2024-01-%02d 12:00:00+00', '%s')".formatted(day, name);
    }
  }

  private record Moment(int day, List<Happened> events) {
    Instant at() {
      return Instant.parse("2024-01-%02dT00:00:00Z".formatted(day));
    }
  }

  @Test
  void valueThatIsGoneDoesNotComeBack() throws Exception {
    Happened always = new Happened("tea", 1);
    assertThat(
            counts(
                new Moment(9, List.of(new Happened("mug", 5), always)),
                new Moment(25, List.of(new Happened("mug", 5), always)),
                new Moment(25, List.of(always)),
                new Moment(9, List.of(new Happened("mug", 4), always)),
                new Moment(9, List.of(new Happened("pot", 6), always))))
        .containsExactly(1L, 0L, 0L, 1L, 1L);
  }

  @Test
  void valueThatGoesAsItLeavesDoesNotComeBack() throws Exception {
    Happened always = new Happened("tea", 1);
    assertThat(
            counts(
                new Moment(9, List.of(new Happened("mug", 5), always)),
                new Moment(25, List.of(always)),
                new Moment(9, List.of(new Happened("mug", 4), always)),
                new Moment(9, List.of(new Happened("pot", 6), always))))
        .containsExactly(1L, 0L, 1L, 1L);
  }

  @Test
  void valueThatIsStillThereComesBack() throws Exception {
    Happened mug = new Happened("mug", 5);
    Happened tea = new Happened("tea", 1);
    assertThat(
            counts(
                new Moment(9, List.of(mug, tea)),
                new Moment(25, List.of(mug, tea)),
                new Moment(9, List.of(mug, tea)),
                new Moment(9, List.of(tea, new Happened("pot", 6)))))
        .containsExactly(1L, 0L, 1L, 1L);
  }

  /** How many different names there were in the week before each moment. */
  private static List<Long> counts(Moment... moments) throws Exception {
    List<Long> counts = new ArrayList<>();
    try (SqlAnalyzer analyzer = new SqlAnalyzer(UTC);
        Duck duck = new Duck()) {
      duck.zone(UTC);
      ProfilePlan plan = plan(analyzer);
      for (int i = 0; i < moments.length; i++) {
        if (i == 0) {
          build(duck, plan, moments[0]);
        } else {
          update(duck, plan, moments[i - 1], moments[i]);
        }
        Map<String, ?> row = duck.rows("SELECT * FROM kith_after").get(0);
        counts.add((Long) row.get("names_7d"));
      }
    }
    return counts;
  }

  private static ProfilePlan plan(SqlAnalyzer analyzer) {
    return new Profiles()
        .events(
            "events",
            "happened",
            List.of(),
            Profiles.schema("person", "BIGINT", "happened", "TIMESTAMPTZ", "name", "VARCHAR"))
        .keysOf("events")
        .block("events", "7d")
        .measure("names", "count(distinct name)")
        .end()
        .plan("person", analyzer);
  }

  private static void build(Duck duck, ProfilePlan plan, Moment moment) throws Exception {
    duck.create("events", EVENTS, rows(moment.events()));
    CompiledQuery query = AsOfCompiler.compileKeeping(plan, new Instants.Single(moment.at()), UTC);
    duck.materialise(query.steps());
    for (CompiledQuery.Step step : query.steps()) {
      if (step.state().isPresent()) {
        ReleaseSequence.keep(duck, step);
      }
    }
    duck.execute("CREATE OR REPLACE TEMP TABLE kith_after AS " + query.sql());
  }

  private static void update(Duck duck, ProfilePlan plan, Moment from, Moment to) throws Exception {
    duck.create("kith_all_of_events", EVENTS, rows(to.events()));
    duck.create("kith_before_in_events", EVENTS, rows(from.events()));
    duck.create(
        "kith_came_to_events", EVENTS, rows(ReleaseSequence.less(to.events(), from.events())));
    duck.create(
        "kith_went_from_events", EVENTS, rows(ReleaseSequence.less(from.events(), to.events())));
    duck.execute("CREATE OR REPLACE TEMP TABLE kith_before AS SELECT * FROM kith_after");
    CompiledUpdate update = DeltaCompiler.compile(plan, from.at(), to.at(), UTC);
    ReleaseSequence.update(duck, update);
    for (StateChange change : update.state()) {
      ReleaseSequence.follow(duck, change);
    }
  }

  private static List<String> rows(List<Happened> events) {
    return events.stream().map(Happened::row).toList();
  }
}
