package dev.kith;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.measures.RandomProject;
import dev.kith.run.RunOptions;
import dev.kith.run.plan.Strategy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random projects through the whole of Kith, release by release: files are read, tables and state
 * are Iceberg's, and the profile and the table of its changes are held against what they should be,
 * whichever way the profile was brought up to date.
 *
 * <p>Two hundred, or as many as four minutes allow, since every release is a dozen commits. A
 * failure prints the seed of its case; {@code -Dkith.seed=N -Dkith.cases=1} repeats it. {@code
 * -Dkith.minutes=60} goes on for that long, with other cases every time.
 */
class RandomProjectTest {

  private static final boolean LONG = Long.getLong("kith.minutes") != null;
  private static final Duration MOST = Duration.ofMinutes(Long.getLong("kith.minutes", 4));
  private static final int CASES = LONG ? Integer.MAX_VALUE : Integer.getInteger("kith.cases", 200);
  private static final long SEED =
      Long.getLong("kith.seed", LONG ? System.nanoTime() : 20_260_111L);
  private static final int RELEASES = 12;

  @TempDir Path temporary;

  private final Map<Strategy, Integer> ways = new TreeMap<>();
  private final long begin = System.nanoTime();
  private int releases;

  @Test
  void profilesAreWhatTheyMean() throws IOException {
    int done = 0;
    while (done < CASES && elapsed().compareTo(MOST) < 0) {
      long seed = SEED + done;
      RandomProject project = RandomProject.of(seed, RELEASES);
      try {
        check(project, new Random(seed));
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError(
            "with -Dkith.seed=%d -Dkith.cases=1: %s%n%s".formatted(seed, e.getMessage(), project),
            e);
      }
      done++;
    }
    System.out.printf(
        "RandomProjectTest: %d projects, %d releases, seed %d, %d s%n",
        done, releases, SEED, elapsed().toSeconds());
    if (done >= 20) {
      int least = done / 2;
      assertThat(ways)
          .hasSize(Strategy.values().length)
          .allSatisfy((way, count) -> assertThat(count).isGreaterThanOrEqualTo(least));
    }
  }

  private Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  private void check(RandomProject project, Random random) throws IOException {
    Path folder = Files.createDirectory(temporary.resolve("project"));
    for (Map.Entry<String, String> definition : project.definitions().entrySet()) {
      Shop.file(folder, definition.getKey(), definition.getValue());
    }
    List<Map<String, @Nullable Object>> before = List.of();
    try (Kith kith = Kith.open(folder)) {
      for (int release = 0; release < project.releases(); release++) {
        bring(folder, project.files(release));
        Strategy way = way(random);
        ways.merge(way, 1, Integer::sum);
        releases++;
        RunResult result = kith.run(RunOptions.DEFAULT.asOf(project.asOf(release)).by(way));
        try (Published published = kith.published()) {
          List<Map<String, @Nullable Object>> rows =
              rows(published, "* EXCLUDE (as_of) FROM " + RandomProject.PROFILE);
          project.compare(release, rows);
          if (result.release().isPresent()) {
            RandomProject.compareChanges(
                before, rows, rows(published, "* FROM " + RandomProject.PROFILE + "_changes"));
          }
          before = rows;
        }
      }
    }
    delete(folder);
  }

  /** Mostly from state, which has to be followed to be wrong. */
  private static Strategy way(Random random) {
    return switch (random.nextInt(6)) {
      case 0 -> Strategy.FULL;
      case 1 -> Strategy.TOUCHED;
      default -> Strategy.DELTA;
    };
  }

  /** Has the folder hold these data files, and no others. */
  private static void bring(Path folder, Map<String, String> files) throws IOException {
    Path data = Files.createDirectories(folder.resolve("data"));
    List<Path> there;
    try (Stream<Path> listed = Files.list(data)) {
      there = listed.toList();
    }
    for (Path file : there) {
      if (!files.containsKey("data/" + file.getFileName())) {
        Files.delete(file);
      }
    }
    for (Map.Entry<String, String> file : files.entrySet()) {
      if (!Files.exists(folder.resolve(file.getKey()))) {
        Shop.file(folder, file.getKey(), file.getValue());
      }
    }
  }

  private static List<Map<String, @Nullable Object>> rows(Published published, String what) {
    List<Map<String, @Nullable Object>> rows = new ArrayList<>();
    try (Result result = published.query("SELECT " + what);
        Stream<Row> read = result.stream()) {
      read.forEach(row -> rows.add(row.toMap()));
    }
    return rows;
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> walked = Files.walk(folder)) {
      for (Path path : walked.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
