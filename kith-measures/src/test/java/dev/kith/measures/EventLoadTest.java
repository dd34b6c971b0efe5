package dev.kith.measures;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.sql.SqlAnalyzer;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventLoadTest {

  private static final ZoneId ZONE = ZoneId.of("Europe/London");
  private static final Instant MONDAY = Instant.parse("2024-03-04T00:00:00Z");
  private static final Instant TUESDAY = Instant.parse("2024-03-05T00:00:00Z");

  @Test
  void eachTableHasItsStretchesAndItsFamilies() {
    List<EventLoad> loads = EventLoad.of(plan(), MONDAY, TUESDAY, ZONE);

    assertThat(loads).extracting(load -> load.events().relation().name()).containsExactly("a", "b");
    assertThat(loads.get(0).crossed())
        .containsExactly(
            new Interval(
                Instant.parse("2024-02-26T00:00:00Z"), Instant.parse("2024-02-27T00:00:00Z")),
            new Interval(MONDAY, TUESDAY));
    assertThat(loads.get(0).keptByPerson()).isEqualTo(1);
    assertThat(loads.get(0).keptByValue()).isEqualTo(2);
    assertThat(loads.get(0).anew()).isFalse();
    assertThat(loads.get(1).crossed()).containsExactly(new Interval(MONDAY, TUESDAY));
    assertThat(loads.get(1).keptByValue()).isZero();
    assertThat(loads.get(1).anew()).isTrue();
  }

  @Test
  void stretchesOverlap() {
    Interval day = new Interval(MONDAY, TUESDAY);

    assertThat(day.overlap(new Interval(MONDAY.minusSeconds(60), MONDAY.plusSeconds(90))))
        .isEqualTo(Duration.ofSeconds(90));
    assertThat(day.overlap(new Interval(TUESDAY, Instant.MAX))).isZero();
    assertThat(new Interval(MONDAY, Instant.MAX).overlap(day)).isEqualTo(Duration.ofDays(1));
  }

  private static ProfilePlan plan() {
    try (SqlAnalyzer analyzer = new SqlAnalyzer(ZONE)) {
      String[] columns = {"person", "BIGINT", "happened", "TIMESTAMPTZ", "name", "VARCHAR"};
      return new Profiles()
          .events("a", "happened", List.of(), Profiles.schema(columns))
          .events("b", "happened", List.of(), Profiles.schema(columns))
          .keysOf("a", "b")
          .block("a", "7d", "ever")
          .measure("n", "count(*)")
          .measure("names", "count(distinct name)")
          .measure("usual", "mode(lower(name))")
          .end()
          .block("b", "ever")
          .measure("last_name", "last(name)")
          .end()
          .plan("person", analyzer);
    }
  }
}
