package dev.kith.sources;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.model.type.DataType.Primitive;
import dev.kith.sources.value.Conversion;
import dev.kith.sources.value.TimeReading;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Local timestamps become instants as {@code java.time} has it, in Java and in SQL. */
class LocalTimesTest {

  private static final List<String> ZONES =
      List.of(
          "Europe/London",
          "America/New_York",
          "Australia/Lord_Howe", // half an hour
          "Pacific/Apia", // a day that did not exist
          "Africa/Casablanca",
          "America/Sao_Paulo", // at midnight
          "Asia/Kathmandu",
          "UTC");

  @TempDir Path project;

  @Test
  void bothWaysAgreeWithZonedDateTime() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    try (Bench bench = new Bench(project)) {
      for (String name : ZONES) {
        ZoneId zone = ZoneId.of(name);
        List<LocalDateTime> times = times(zone, random);
        List<Instant> expected = times.stream().map(time -> time.atZone(zone).toInstant()).toList();
        Conversion conversion =
            Conversion.to(Primitive.INSTANT, new TimeReading(zone, Optional.empty()));
        LocalInstants instants =
            new LocalInstants(
                zone,
                times.stream().min(LocalDateTime::compareTo).orElseThrow(),
                times.stream().max(LocalDateTime::compareTo).orElseThrow());
        String values =
            times.stream()
                .map(time -> "TIMESTAMP '" + time.toString().replace('T', ' ') + "'")
                .collect(Collectors.joining(", "));
        String sql =
            "SELECT %s FROM (SELECT unnest([%s]) AS t)".formatted(instants.sql("t"), values);

        List<String> inSql = bench.query(sql);
        for (int i = 0; i < times.size(); i++) {
          String place = "%s in %s, seed %d".formatted(times.get(i), name, seed);
          assertThat(conversion.apply(times.get(i).toString()))
              .as("%s, in Java", place)
              .isEqualTo(expected.get(i));
          assertThat(inSql.get(i)).as("%s, in SQL", place).isEqualTo(expected.get(i).toString());
        }
      }
    }
  }

  /** Around each change of clocks, and anywhere. */
  private static List<LocalDateTime> times(ZoneId zone, Random random) {
    List<LocalDateTime> times = new ArrayList<>();
    Instant at = Instant.parse("1999-12-31T00:00:00Z");
    for (int i = 0; i < 40; i++) {
      var next = zone.getRules().nextTransition(at);
      if (next == null) {
        break;
      }
      for (int minutes = -75; minutes <= 75; minutes += 15) {
        times.add(next.getDateTimeBefore().plusMinutes(minutes));
        times.add(next.getDateTimeAfter().plusMinutes(minutes));
      }
      at = next.getInstant();
    }
    for (int i = 0; i < 100; i++) {
      times.add(LocalDateTime.of(2000, 1, 1, 0, 0).plusSeconds(random.nextInt(800_000_000)));
    }
    return times;
  }
}
