package dev.kith.measures;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.sql.SqlAnalyzer;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is kept of a measure means the same whatever else a profile computes. */
class KeptStepTest {

  private static SqlAnalyzer analyzer;

  @BeforeAll
  static void open() {
    analyzer = new SqlAnalyzer(ZoneOffset.UTC);
  }

  @AfterAll
  static void close() {
    analyzer.close();
  }

  @Test
  void othersMoveNothing() {
    Map<String, List<String>> alone =
        kept(profiles().block("clicks", "30d").measure("page", "mode(page)").end());
    Map<String, List<String>> among =
        kept(
            profiles()
                .block("orders", "7d", "30d")
                .measure("usual", "mode(page)")
                .measure("days", "active_days()")
                .end()
                .block("clicks", "30d")
                .measure("page", "mode(page)")
                .end());

    assertThat(alone).containsKeys("kith_2_counts", "kith_2_dictionary");
    assertThat(among.get("kith_3_counts")).isEqualTo(alone.get("kith_2_counts"));
    assertThat(among.get("kith_3_dictionary")).isEqualTo(alone.get("kith_2_dictionary"));
  }

  @Test
  void countsOfValuesServeAllThatIsMadeOfThem() {
    assertThat(kept("30d", "top(page, 3)")).isEqualTo(kept("30d", "mode(page)"));
    assertThat(kept("30d", "top(page, 3)")).isNotEqualTo(kept("7d", "top(page, 3)"));
    assertThat(kept("30d", "mode(page)")).isNotEqualTo(kept("30d", "mode(lower(page))"));
    assertThat(kept("30d", "mode(page)"))
        .isNotEqualTo(kept("30d", "mode(page) filter (where page > 'a')"));
  }

  @Test
  void aMeanNeedsWhatASumNeeds() {
    assertThat(kept("30d", "avg(seconds)")).isEqualTo(kept("30d", "sum(seconds)"));
    assertThat(kept("30d", "min(seconds)")).isNotEqualTo(kept("30d", "max(seconds)"));
  }

  /** In UTC, and at one instant, they begin at the same time. */
  @Test
  void aDayIsNot24Hours() {
    for (String measure : List.of("sum(seconds)", "count(distinct page)", "mode(page)")) {
      assertThat(kept("1d", measure)).as(measure).isNotEqualTo(kept("24h", measure));
    }
    assertThat(kept("1mo", "max(happened)")).isNotEqualTo(kept("31d", "max(happened)"));
  }

  private static Map<String, List<String>> kept(String window, String measure) {
    return kept(profiles().block("clicks", window).measure("m", measure).end());
  }

  private static Profiles profiles() {
    Profiles profiles = new Profiles();
    for (String table : List.of("clicks", "orders")) {
      profiles.events(
          table,
          "happened",
          List.of(),
          Profiles.schema(
              "person",
              "BIGINT",
              "happened",
              "TIMESTAMPTZ",
              "page",
              "VARCHAR",
              "seconds",
              "BIGINT"));
    }
    return profiles.keysOf("clicks");
  }

  /** The meaning of each step, by its name. */
  private static Map<String, List<String>> kept(Profiles profiles) {
    Map<String, List<String>> kept = new HashMap<>();
    for (KeptStep step : KeptStep.of(profiles.plan("person", analyzer))) {
      kept.put(step.name(), step.meaning());
    }
    return kept;
  }
}
