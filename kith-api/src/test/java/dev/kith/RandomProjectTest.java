package dev.kith;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.measures.RandomProject;
import dev.kith.measures.Trials;
import dev.kith.run.Moment;
import dev.kith.run.RunOptions;
import dev.kith.run.plan.Strategy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirFactory;

/**
 * Random projects through the whole of Kith, release by release: files are read, tables and state
 * are Iceberg's, and the profile and the table of its changes are held against what they should be,
 * whichever way the profile was brought up to date.
 *
 * <p>A failure prints the seed of its case and the smallest case found that fails as well. How to
 * repeat it, and how to go on for an hour: {@link Trials}.
 */
class RandomProjectTest {

  private static final int CASES = 200;
  private static final int LEAST = 40;
  private static final Duration MOST = Duration.ofSeconds(270);
  private static final long SEED = 20_260_111L;
  private static final Duration SHRINKING =
      Duration.ofSeconds(Integer.getInteger("kith.shrinking", 60));

  @TempDir(factory = InMemory.class)
  Path temporary;

  /** Every release is a dozen commits, each of which would wait for the disk several times. */
  static final class InMemory implements TempDirFactory {

    private static final Path MEMORY = Path.of("/dev/shm");
    private static final long ROOM = 256L << 20;

    @Override
    public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext extension)
        throws IOException {
      boolean fits = Files.isWritable(MEMORY) && MEMORY.toFile().getUsableSpace() >= ROOM;
      return fits ? Files.createTempDirectory(MEMORY, "kith-") : Files.createTempDirectory("kith-");
    }
  }

  @Test
  void profilesAreWhatTheyMean() throws Exception {
    Trials trials = new Trials("RandomProjectTest", CASES, LEAST, MOST, SEED);
    Map<Strategy, Integer> ways = new EnumMap<>(Strategy.class);
    int releases = 0;
    for (Worker worker : trials.run(() -> new Worker(temporary))) {
      worker.ways.forEach((way, count) -> ways.merge(way, count, Integer::sum));
      releases += worker.releases;
    }
    System.out.printf("RandomProjectTest: %d releases%n", releases);
    if (trials.checked() >= 20) {
      int least = (int) trials.checked() / 3;
      assertThat(ways)
          .hasSize(Strategy.values().length)
          .allSatisfy((way, count) -> assertThat(count).isGreaterThanOrEqualTo(least));
    }
  }

  /** Checks one project after another, each in a folder of its own. */
  private static final class Worker implements Trials.Worker {

    private final Path temporary;
    private final Map<Strategy, Integer> ways = new EnumMap<>(Strategy.class);
    private int releases;

    Worker(Path temporary) {
      this.temporary = temporary;
    }

    @Override
    public void check(long seed) {
      RandomProject project = RandomProject.of(seed);
      Optional<Throwable> fault = fault(project);
      if (fault.isPresent()) {
        throw new AssertionError(
            "with -Dkith.seed="
                + seed
                + " -Dkith.cases=1\n"
                + project.shrunken(fault.get(), this::fault, SHRINKING),
            fault.get());
      }
    }

    private Optional<Throwable> fault(RandomProject project) {
      try {
        Path folder = Files.createTempDirectory(temporary, "project");
        try {
          check(project, folder);
        } finally {
          delete(folder);
        }
        return Optional.empty();
      } catch (AssertionError | Exception e) {
        return Optional.of(e);
      }
    }

    private void check(RandomProject project, Path folder) throws IOException {
      List<Map<String, @Nullable Object>> before = List.of();
      for (int release = 0; release < project.releases(); ) {
        define(project, release, folder);
        try (Kith kith = Kith.open(folder)) {
          do {
            before = check(project, release, kith, folder, before);
            release++;
          } while (release < project.releases() && !project.isChanged(release));
        }
      }
    }

    private static void define(RandomProject project, int release, Path folder) throws IOException {
      for (Map.Entry<String, String> definition : project.definitions(release).entrySet()) {
        Shop.file(folder, definition.getKey(), definition.getValue());
      }
    }

    /** Returns the profile's rows. */
    private List<Map<String, @Nullable Object>> check(
        RandomProject project,
        int release,
        Kith kith,
        Path folder,
        List<Map<String, @Nullable Object>> before)
        throws IOException {
      bring(folder, project.files(release));
      Strategy way = Strategy.valueOf(project.way(release));
      ways.merge(way, 1, Integer::sum);
      releases++;
      Moment asOf = moment(project.asOf(release), kith.zone());
      RunResult result = kith.run(RunOptions.DEFAULT.asOf(asOf).by(way));
      try (Published published = kith.published()) {
        List<Map<String, @Nullable Object>> rows =
            rows(published, "* EXCLUDE (as_of) FROM " + RandomProject.PROFILE);
        project.compare(release, rows);
        if (result.release().isPresent() && !project.isChanged(release)) {
          RandomProject.compareChanges(
              before, rows, rows(published, "* FROM " + RandomProject.PROFILE + "_changes"));
        }
        return rows;
      }
    }

    @Override
    public void close() {}
  }

  /** As people give it, unless that local time occurs twice and would be the first of them. */
  private static Moment moment(Instant instant, ZoneId zone) {
    Moment local = new Moment.Local(instant.atZone(zone).toLocalDateTime());
    return local.in(zone).equals(instant) ? local : new Moment.Exact(instant);
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
