package dev.kith.measures;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.model.definition.Window;
import dev.kith.sql.SqlAnalyzer;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
}
