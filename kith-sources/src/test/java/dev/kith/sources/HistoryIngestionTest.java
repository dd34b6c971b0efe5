package dev.kith.sources;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.model.definition.SourceDefinition;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Histories of entities, from files. */
class HistoryIngestionTest {

  private static final String EVER = "0001-01-01T00:00:00Z";
  private static final String CHAINS =
      "SELECT k, v, valid_from, valid_to, _since_ever FROM rows ORDER BY k, valid_from";

  @TempDir Path project;
  private Bench bench;

  @BeforeEach
  void open() {
    bench = new Bench(project);
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void withoutChangedAtAVersionIsValidFromWhenItWasObserved() {
    bench.file("1.csv", "k,v\na,1\nb,1\n");
    SourceDefinition source = Definitions.entity("k", "*.csv").build();
    bench.run(source);
    bench.file("2.csv", "k,v\na,2\nb,1\na,3\nc,1\n,9\n");

    IngestReport report = bench.run(source);

    assertThat(bench.query(report, CHAINS))
        .containsExactly(
            "a|1|" + EVER + "|2024-06-01T12:01:00Z|true",
            "a|3|2024-06-01T12:01:00Z|null|false",
            "b|1|" + EVER + "|null|true",
            "c|1|" + EVER + "|null|true");
    assertThat(report.counts().added()).isEqualTo(1);
    assertThat(report.counts().updated()).isEqualTo(1);
    assertThat(report.counts().duplicates()).isEqualTo(1);
    assertThat(bench.query(report, "SELECT reason, raw FROM rejected"))
        .containsExactly("column 'k' is NULL|,9");
    assertThat(bench.columns(report))
        .containsExactly(
            "k VARCHAR",
            "v BIGINT",
            "valid_from TIMESTAMP WITH TIME ZONE",
            "valid_to TIMESTAMP WITH TIME ZONE");
  }

  @Test
  void lateVersionsFindTheirPlace() {
    bench.file("1.csv", "k,v,t\na,2,2024-01-02\na,4,2024-01-04\n");
    SourceDefinition source = Definitions.entity("k", "*.csv").changedAt("t").build();
    bench.run(source);
    bench.file("2.csv", "k,v,t\na,3,2024-01-03\na,1,2024-01-01\na,40,2024-01-04\n");

    IngestReport report = bench.run(source);

    assertThat(bench.query(report, CHAINS))
        .containsExactly(
            "a|1|" + EVER + "|2024-01-02T00:00:00Z|true",
            "a|2|2024-01-02T00:00:00Z|2024-01-03T00:00:00Z|false",
            "a|3|2024-01-03T00:00:00Z|2024-01-04T00:00:00Z|false",
            "a|40|2024-01-04T00:00:00Z|null|false");
  }

  @Test
  void aRemovedFileTakesItsVersionsAlong() throws java.io.IOException {
    bench.file("1.csv", "k,v,t\na,1,2024-01-01\nb,1,2024-01-01\n");
    bench.file("2.csv", "k,v,t\na,2,2024-01-02\nc,1,2024-01-02\n");
    bench.file("3.csv", "k,v,t\na,3,2024-01-03\n");
    SourceDefinition source =
        Definitions.entity("k", "*.csv").changedAt("t").deleteRemoved().build();
    bench.run(source);
    java.nio.file.Files.delete(project.resolve("2.csv"));

    IngestReport report = bench.run(source);

    assertThat(bench.query(report, CHAINS))
        .containsExactly(
            "a|1|" + EVER + "|2024-01-03T00:00:00Z|true",
            "a|3|2024-01-03T00:00:00Z|null|false",
            "b|1|" + EVER + "|null|true");
    assertThat(bench.run(source).committed()).isFalse();
  }

  @Test
  void aFullRefreshKeepsTheHistory() {
    bench.file("1.csv", "k,v\na,1\nb,1\n");
    SourceDefinition source = Definitions.entity("k", "*.csv").build();
    bench.run(source);
    bench.file("1.csv", "k,v\na,2\nb,1\n");

    IngestReport report = bench.run(source, true);

    assertThat(bench.query(report, CHAINS))
        .containsExactly(
            "a|1|" + EVER + "|2024-06-01T12:01:00Z|true",
            "a|2|2024-06-01T12:01:00Z|null|false",
            "b|1|" + EVER + "|null|true");
  }

  /** Batches in any order of time, against a map from key to versions by their instant. */
  @RepeatedTest(10)
  void historiesEqualThoseOfANaiveModel() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    Map<String, NavigableMap<Instant, Integer>> model = new TreeMap<>();
    SourceDefinition source =
        Definitions.entity("k", "*.csv").changedAt("t").column("v", "int").build();
    for (int batch = 0; batch < 5; batch++) {
      StringBuilder text = new StringBuilder("k,v,t\n");
      for (int row = random.nextInt(12); row >= 0; row--) {
        String key = "k" + random.nextInt(6);
        int value = random.nextInt(3);
        Instant at = Instant.parse("2024-01-01T00:00:00Z").plusSeconds(3600L * random.nextInt(15));
        model.computeIfAbsent(key, k -> new TreeMap<>()).put(at, value);
        text.append(key).append(',').append(value).append(',').append(at).append('\n');
      }
      bench.file("b" + batch + ".csv", text.toString());
      IngestReport report = bench.run(source);
      assertThat(bench.query(report, CHAINS))
          .as("seed %d, batch %d", seed, batch)
          .containsExactlyElementsOf(chains(model));
    }
  }

  private static List<String> chains(Map<String, NavigableMap<Instant, Integer>> model) {
    List<String> chains = new ArrayList<>();
    model.forEach(
        (key, versions) ->
            versions.forEach(
                (at, value) -> {
                  boolean first = at.equals(versions.firstKey());
                  chains.add(
                      "%s|%d|%s|%s|%s"
                          .formatted(key, value, first ? EVER : at, versions.higherKey(at), first));
                }));
    return chains;
  }
}
