package dev.kith.measures;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.model.definition.Window;
import dev.kith.sql.SqlAnalyzer;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WindowBoundsTest {

  @ParameterizedTest
  @CsvSource({
    // London put its clocks forward on 31 March 2024 at 01:00.
    "Europe/London, 2024-03-31T23:00:00Z, 1d, 2024-03-31T00:00:00Z",
    "Europe/London, 2024-03-31T23:00:00Z, 24h, 2024-03-30T23:00:00Z",
    "Europe/London, 2024-03-31T23:00:00Z, 1w, 2024-03-25T00:00:00Z",
    "Europe/London, 2024-03-31T23:00:00Z, 1mo, 2024-03-01T00:00:00Z",
    "Europe/London, 2024-03-31T11:00:00Z, 1mo, 2024-02-29T12:00:00Z",
    "Europe/London, 2024-02-29T00:00:00Z, 1y, 2023-02-28T00:00:00Z",
    "Europe/London, 2024-03-30T00:00:00Z, next 2d, 2024-03-31T23:00:00Z",
    "Europe/London, 2024-03-30T00:00:00Z, next 48h, 2024-04-01T00:00:00Z",
    // There was no midnight in São Paulo on 4 November 2018.
    "America/Sao_Paulo, 2018-11-05T02:00:00Z, 1d, 2018-11-04T03:00:00Z",
    "Asia/Seoul, 2024-03-31T15:00:00Z, 1d, 2024-03-30T15:00:00Z",
    // Rounded up to microseconds; kept within what calendars know.
    "UTC, 2024-03-31T00:00:00.000000001Z, 30m, 2024-03-30T23:30:00.000001Z",
    "UTC, 2024-03-31T00:00:00Z, 99999y, 0001-01-01T00:00:00Z",
    "UTC, 2024-03-31T00:00:00Z, next 99999y, 9999-12-31T23:59:59.999999Z",
  })
  void areCalendarArithmeticInTheZone(ZoneId zone, Instant t, String window, Instant end) {
    Window.Span span = (Window.Span) Profiles.window(window);

    assertThat(WindowBounds.farEnd(span, t, zone)).isEqualTo(end);
  }

  @Test
  void listsEachInstantAndWindowOnce() {
    ZoneId zone = ZoneId.of("Asia/Seoul");
    ProfilePlan plan;
    try (SqlAnalyzer analyzer = new SqlAnalyzer(zone)) {
      plan =
          new Profiles()
              .events("e", "t", List.of(), Profiles.schema("k", "BIGINT", "t", "TIMESTAMPTZ"))
              .keysOf("e")
              .block("e", "1d", "ever")
              .measure("a", "count(*)")
              .measure("b", "max(t)")
              .measure("c", "count(*)", "next 2h")
              .end()
              .plan("k", analyzer);
    }
    Instant first = Instant.parse("2024-01-01T15:00:00Z");
    Instant second = Instant.parse("2024-01-02T15:00:00Z");

    WindowBounds bounds = WindowBounds.of(plan, List.of(second, first, second), zone);

    assertThat(bounds.schema().names()).containsExactly("as_of", "back_1d", "ahead_2h");
    assertThat(bounds.rows())
        .containsExactly(
            List.of(
                first,
                Instant.parse("2023-12-31T15:00:00Z"),
                Instant.parse("2024-01-01T17:00:00Z")),
            List.of(second, first, Instant.parse("2024-01-02T17:00:00Z")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"UTC", "Europe/London", "America/Sao_Paulo", "Asia/Kathmandu", "Pacific/Apia"})
  void areAsFarFromAllInstantsOfAQuarterOfAnHourButNearChangesOfClocks(ZoneId zone) {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    ProfilePlan plan = plan(zone, "1d", "3w", "1mo", "2y", "90m", "next 1mo");
    int shared = 0;
    for (int i = 0; i < 4_000; i++) {
      // Apia had no 30 December 2011.
      long quarter =
          Instant.parse("2011-10-01T00:00:00Z").getEpochSecond() + random.nextInt(40_000) * 900L;
      Instant first = Instant.ofEpochSecond(quarter).plusNanos(random.nextInt(1_000) * 1_000L);
      Instant last = Instant.ofEpochSecond(quarter + 899);
      Optional<List<Duration>> distances = WindowBounds.distances(plan, zone, first, last);
      if (distances.isPresent()) {
        shared++;
        Instant between = first.plusSeconds(random.nextInt(899));
        assertThat(WindowBounds.rows(plan, zone).apply(between).stream().skip(1))
            .as("%s in %s, seed %d", between, zone, seed)
            .containsExactlyElementsOf(distances.get().stream().map(between::plus).toList());
      }
    }
    assertThat(shared).isGreaterThan(3_000);
  }

  @Test
  void areNotSharedAtTheEndsOfTheCalendar() {
    Instant instant = Instant.parse("2024-03-31T00:00:00Z");
    ProfilePlan plan = plan(ZoneOffset.UTC, "99999y");

    assertThat(WindowBounds.distances(plan, ZoneOffset.UTC, instant, instant)).isEmpty();
  }

  private static ProfilePlan plan(ZoneId zone, String... windows) {
    try (SqlAnalyzer analyzer = new SqlAnalyzer(zone)) {
      Profiles.Block block =
          new Profiles()
              .events("e", "t", List.of(), Profiles.schema("k", "BIGINT", "t", "TIMESTAMPTZ"))
              .keysOf("e")
              .block("e", "ever");
      for (int i = 0; i < windows.length; i++) {
        block = block.measure("m" + i, "count(*)", windows[i]);
      }
      return block.end().plan("k", analyzer);
    }
  }
}
