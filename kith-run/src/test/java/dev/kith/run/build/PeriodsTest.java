package dev.kith.run.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.model.definition.TableDefinition.Grain;
import dev.kith.model.definition.TableDefinition.Mode;
import dev.kith.run.build.Periods.Stretch;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PeriodsTest {

  @ParameterizedTest
  @CsvSource({
    // An ordinary day and month.
    "DAY, 0, Europe/London, 2020-05-03T00:00, 2020-05-02T23:00:00Z/2020-05-03T23:00:00Z",
    "DAY, 2, Europe/London, 2020-05-03T00:00, 2020-04-30T23:00:00Z/2020-05-03T23:00:00Z",
    "MONTH, 0, UTC, 2020-02-01T00:00, 2020-02-01T00:00:00Z/2020-03-01T00:00:00Z",
    "YEAR, 1, UTC, 2020-01-01T00:00, 2019-01-01T00:00:00Z/2021-01-01T00:00:00Z",
    // Midnight is skipped, and shown twice: two days go together.
    "DAY, 0, America/Sao_Paulo, 2018-11-04T00:00, 2018-11-03T03:00:00Z/2018-11-05T02:00:00Z",
    "DAY, 0, America/Havana, 2020-11-01T00:00, 2020-10-31T04:00:00Z/2020-11-02T05:00:00Z",
    // 02:45 is shown twice up to 03:45.
    "HOUR, 0, Pacific/Chatham, 2021-04-04T03:00, 2021-04-03T12:15:00Z/2021-04-03T15:15:00Z",
    // Half an hour is shown twice; the hour after begins too near.
    "HOUR, 0, Australia/Lord_Howe, 2021-04-04T01:00, 2021-04-03T14:00:00Z/2021-04-03T16:30:00Z",
  })
  void covers(Grain grain, int lookback, String zone, LocalDateTime start, String expected) {
    assertThat(periods(grain, lookback, zone).covering(List.of(start)))
        .containsExactly(stretch(expected));
  }

  @Test
  void neighboursAreOneStretchAndOthersAreNot() {
    assertThat(
            periods(Grain.DAY, 0, "UTC")
                .covering(
                    List.of(
                        LocalDateTime.parse("2020-01-05T00:00"),
                        LocalDateTime.parse("2020-01-02T00:00"),
                        LocalDateTime.parse("2020-01-01T00:00"))))
        .containsExactly(
            stretch("2020-01-01T00:00:00Z/2020-01-03T00:00:00Z"),
            stretch("2020-01-05T00:00:00Z/2020-01-06T00:00:00Z"));
  }

  @Test
  void ofManyOnlyTheWidestGapsStay() {
    List<LocalDateTime> starts =
        IntStream.range(0, 60)
            .mapToObj(i -> LocalDateTime.parse("2020-01-01T00:00").plusDays(2L * i + i / 30))
            .toList();
    List<Stretch> stretches = periods(Grain.DAY, 0, "UTC").covering(starts);
    assertThat(stretches).hasSize(Periods.MOST_STRETCHES);
    assertThat(stretches).anyMatch(s -> s.from().equals(Instant.parse("2020-03-02T00:00:00Z")));
  }

  /** What lies in it by its instant, by its local time, and by its local hour are the same. */
  @ParameterizedTest
  @CsvSource({
    "Pacific/Chatham",
    "Australia/Lord_Howe",
    "America/Havana",
    "America/Sao_Paulo",
    "Asia/Kolkata"
  })
  void boundsAreTheSameForInstantsAndLocalTimes(String name) {
    ZoneId zone = ZoneId.of(name);
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    Instant begin = Instant.parse("2017-01-01T00:00:00Z");
    for (int i = 0; i < 2_000; i++) {
      Grain grain = random.nextBoolean() ? Grain.HOUR : Grain.DAY;
      Instant from2017 = begin.plus(random.nextInt(600), ChronoUnit.DAYS);
      ZoneOffsetTransition next = zone.getRules().nextTransition(from2017);
      Instant change = next == null ? from2017 : next.getInstant();
      Instant touched = change.plus(Duration.ofMinutes(random.nextInt(4_000) - 2_000));
      Instant other = change.plus(Duration.ofMinutes(random.nextInt(4_000) - 2_000));
      LocalDateTime start = trunc(touched.atZone(zone).toLocalDateTime(), grain);
      Stretch stretch = periods(grain, 0, name).covering(List.of(start)).get(0);
      LocalDateTime from = LocalDateTime.ofInstant(stretch.from(), zone);
      LocalDateTime to = LocalDateTime.ofInstant(stretch.to(), zone);
      LocalDateTime local = LocalDateTime.ofInstant(other, zone);
      boolean in = !other.isBefore(stretch.from()) && other.isBefore(stretch.to());
      Instant hour = other.minus(Duration.ofMinutes(local.getMinute()));
      String of = "%s %s %s %s, seed %dL".formatted(grain, touched, other, stretch, seed);
      assertThat(!touched.isBefore(stretch.from()) && touched.isBefore(stretch.to()))
          .as(of)
          .isTrue();
      assertThat(!local.isBefore(from) && local.isBefore(to)).as(of).isEqualTo(in);
      assertThat(!hour.isBefore(stretch.from()) && hour.isBefore(stretch.to()))
          .as(of)
          .isEqualTo(in);
    }
  }

  private static LocalDateTime trunc(LocalDateTime time, Grain grain) {
    return time.truncatedTo(grain == Grain.HOUR ? ChronoUnit.HOURS : ChronoUnit.DAYS);
  }

  private static Stretch stretch(String text) {
    String[] bounds = text.split("/");
    return new Stretch(Instant.parse(bounds[0]), Instant.parse(bounds[1]));
  }

  private static Periods periods(Grain grain, int lookback, String zone) {
    return new Periods(new Mode.ByTime("at", grain, lookback), ZoneId.of(zone));
  }
}
