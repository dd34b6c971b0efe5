package dev.kith.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.e2e.KithCommand.Forked;
import dev.kith.e2e.KithCommand.Outcome;
import dev.kith.lake.Failpoint;
import dev.kith.lake.Failpoint.Operation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is killed leaves readers with one whole release, and is put right by a plain run: then
 * everything is as if nothing had happened, and what nobody needs can be cleaned away. Somebody
 * reads all the while.
 */
class CrashTest {

  private static final int KILLED = 137;
  private static final int RANDOM_KILLS = Integer.getInteger("kith.kills", 100);

  @TempDir static Path temporary;

  private static ProjectFolder fresh;
  private static ProjectFolder afterFirst;
  private static ProjectFolder afterSecond;
  private static ProjectFolder tested;
  private static Map<String, List<String>> first;
  private static Map<String, List<String>> second;
  private static Map<String, List<String>> promoted;
  private static int copies;

  @BeforeAll
  static void undisturbed() throws IOException {
    fresh = ShopProject.firstInput(temporary.resolve("fresh"));
    afterFirst = fresh.copyTo(temporary.resolve("first"));
    afterFirst.kith().succeed("run");
    first = Published.in(afterFirst.path()).orElseThrow();
    afterSecond = secondInput();
    afterSecond.kith().succeed("run");
    second = Published.in(afterSecond.path()).orElseThrow();
    assertThat(second).isNotEqualTo(first);
    tested = afterSecond.copyTo(nextFolder());
    tested.replace("tables/lines.sql", "quantity * price", "product, quantity * price");
    tested.kith().succeed("run", "--env", "trial");
    ProjectFolder after = tested.copyTo(nextFolder());
    after.kith().succeed("promote", "trial");
    promoted = Published.in(after.path()).orElseThrow();
    assertThat(promoted).isNotEqualTo(second);
  }

  @Test
  void theUndisturbedRunsDoAllThatCanBeDisturbed() {
    assertThat(first.get("orders")).hasSize(5);
    assertThat(first.get("orders_rejected")).hasSize(1);
    assertThat(second.get("orders")).hasSize(5);
    assertThat(second.get("orders_rejected")).hasSize(2);
    assertThat(second.get("customers_history")).hasSize(5);
    assertThat(second.get("customers")).hasSize(4);
    assertThat(second.get("pages")).contains("c | 3 | 2020-02-01T09:00:00Z | 4");
  }

  @ParameterizedTest
  @MethodSource("failpointsOfRuns")
  void killedAtEachFailpoint(Failpoint failpoint) throws Exception {
    ProjectFolder project = secondInput();
    try (SteadyReader reader = SteadyReader.of(project)) {
      Outcome outcome = project.kith().with("KITH_FAILPOINT", failpoint.name()).fork("run");
      assertThat(outcome.exitCode()).as(outcome.all()).isEqualTo(KILLED);
      assertThat(Published.in(project.path()).orElseThrow())
          .isEqualTo(publishes(failpoint) ? second : first);
      runsAgain(project, second);
      reader.close();
      assertThat(reader.broken()).isEmpty();
    }
    leavesNothing(project, second);
    project.deleteAll();
  }

  static Stream<Failpoint> failpointsOfRuns() {
    return Stream.of(Failpoint.values())
        .filter(failpoint -> failpoint.operations().contains(Operation.RUN));
  }

  private static boolean publishes(Failpoint failpoint) {
    return failpoint.compareTo(Failpoint.RELEASE_INSERTED) >= 0;
  }

  /** Those that are passed several times in a run. */
  @ParameterizedTest
  @CsvSource({
    "FILES_WRITTEN, 2",
    "FILES_WRITTEN, 4",
    "ROWS_COMMITTED, 2",
    "TABLE_COMMITTED, 2",
    "TABLE_COMMITTED, 4"
  })
  void killedWhenAFailpointIsPassedAgain(Failpoint failpoint, int time) throws Exception {
    ProjectFolder project = secondInput();
    Outcome outcome =
        project.kith().with("KITH_FAILPOINT", failpoint.name() + ":" + time).fork("run");
    assertThat(outcome.exitCode()).as(outcome.all()).isEqualTo(KILLED);
    assertThat(Published.in(project.path()).orElseThrow()).isEqualTo(first);
    recovers(project, second);
  }

  @ParameterizedTest
  @CsvSource({
    "TABLE_CREATED, 1",
    "TABLE_CREATED, 3",
    "REJECTS_COMMITTED, 1",
    "ROWS_COMMITTED, 3",
    "MANIFEST_WRITTEN, 1",
    "RELEASE_INSERTED, 1"
  })
  void killedInTheFirstRunOfAll(Failpoint failpoint, int time) throws Exception {
    ProjectFolder project = fresh.copyTo(nextFolder());
    Outcome outcome =
        project.kith().with("KITH_FAILPOINT", failpoint.name() + ":" + time).fork("run");
    assertThat(outcome.exitCode()).as(outcome.all()).isEqualTo(KILLED);
    assertThat(Published.in(project.path()))
        .isEqualTo(failpoint == Failpoint.RELEASE_INSERTED ? Optional.of(first) : Optional.empty());
    recovers(project, first);
  }

  /** From empty or from a release, once or twice in the same folder. */
  @Test
  void killedAtRandomMoments() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    System.out.println("CrashTest: seed of random kills: " + seed);
    long begin = System.nanoTime();
    ProjectFolder timed = secondInput();
    assertThat(timed.kith().fork("run").exitCode()).isZero();
    timed.deleteAll();
    long whole = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
    int reads = 0;
    for (int kills = 0; kills < RANDOM_KILLS; kills++) {
      boolean fromEmpty = random.nextInt(4) == 0;
      ProjectFolder project = fromEmpty ? fresh.copyTo(nextFolder()) : secondInput();
      Optional<Map<String, List<String>>> before =
          fromEmpty ? Optional.empty() : Optional.of(first);
      Map<String, List<String>> after = fromEmpty ? first : second;
      long moment = whole / 5 + (long) (random.nextDouble() * whole * 4 / 5);
      String context = "seed " + seed + ", killed after " + moment + " ms, the " + kills + "th";
      try (SteadyReader reader = SteadyReader.of(project)) {
        try (Forked running = project.kith().start("run")) {
          running.process().waitFor(moment, TimeUnit.MILLISECONDS);
        }
        assertThat(Published.in(project.path())).as(context).isIn(before, Optional.of(after));
        runsAgain(project, after);
        reader.close();
        assertThat(reader.broken()).as(context).isEmpty();
        reads += reader.reads();
      }
      if (kills % 5 == 0) {
        leavesNothing(project, after);
      }
      project.deleteAll();
    }
    long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin);
    System.out.println(
        "CrashTest: %d random kills and %d reads in %d s".formatted(RANDOM_KILLS, reads, seconds));
  }

  private static void recovers(ProjectFolder project, Map<String, List<String>> expected)
      throws IOException {
    runsAgain(project, expected);
    project.deleteAll();
  }

  private static void runsAgain(ProjectFolder project, Map<String, List<String>> expected)
      throws IOException {
    project.kith().succeed("run");
    Map<String, List<String>> recovered = Published.in(project.path()).orElseThrow();
    assertThat(recovered).isEqualTo(expected);
    List<String> orders = recovered.get("orders");
    assertThat(new HashSet<>(orders)).hasSameSizeAs(orders);
    assertThat(project.kith().succeed("run").out()).contains("Everything is up to date");
  }

  /** After cleaning, all files that there are belong to what readers see. */
  private static void leavesNothing(ProjectFolder project, Map<String, List<String>> expected)
      throws IOException, SQLException {
    var unused = LakeOperation.clean(project);
    assertThat(Unreferenced.files(project)).isEmpty();
    assertThat(Published.in(project.path())).contains(expected);
    assertThat(project.kith().succeed("run").out()).contains("Everything is up to date");
  }

  @ParameterizedTest
  @MethodSource("failpointsOfOtherOperations")
  void anotherOperationIsKilledAtEachFailpoint(Operation operation, Failpoint failpoint)
      throws Exception {
    ProjectFolder project =
        (operation == Operation.PROMOTE ? tested : afterSecond).copyTo(nextFolder());
    Map<String, List<String>> expected = operation == Operation.PROMOTE ? promoted : second;
    if (operation == Operation.REPAIR) {
      loseDatabase(project);
      killed(operation, failpoint, project);
      endsWell(operation, project);
      runsAgain(project, expected);
    } else {
      try (SteadyReader reader = SteadyReader.of(project)) {
        killed(operation, failpoint, project);
        endsWell(operation, project);
        runsAgain(project, expected);
        reader.close();
        assertThat(reader.broken()).isEmpty();
      }
    }
    leavesNothing(project, expected);
    project.deleteAll();
  }

  private static void killed(Operation operation, Failpoint failpoint, ProjectFolder project)
      throws Exception {
    try (Forked killed = start(operation, failpoint, project)) {
      Outcome outcome = killed.await();
      assertThat(outcome.exitCode()).as(outcome.all()).isEqualTo(KILLED);
    }
  }

  /** Readers see what was there before or what was to come, and the plain operation ends it. */
  private static void endsWell(Operation operation, ProjectFolder project) {
    switch (operation) {
      case ROLLBACK -> {
        assertThat(Published.in(project.path()).orElseThrow()).isIn(first, second);
        project.kith().succeed("rollback", "1");
        assertThat(Published.in(project.path())).contains(first);
        project.kith().succeed("resume");
      }
      case PROMOTE -> {
        assertThat(Published.in(project.path()).orElseThrow()).isIn(second, promoted);
        project.kith().succeed("promote", "trial");
        assertThat(Published.in(project.path())).contains(promoted);
      }
      case REPAIR -> {
        LakeOperation.repair(project);
        assertThat(Published.in(project.path())).contains(second);
      }
      default -> assertThat(Published.in(project.path())).contains(second);
    }
  }

  private static Forked start(Operation operation, Failpoint failpoint, ProjectFolder project)
      throws IOException {
    KithCommand kith = project.kith().with("KITH_FAILPOINT", failpoint.name());
    String name = operation.name().toLowerCase(Locale.ROOT);
    return switch (operation) {
      case ROLLBACK -> kith.start(name, "1");
      case PROMOTE -> kith.start(name, "trial");
      default -> kith.start(LakeOperation.class, name, project.path().toString());
    };
  }

  static Stream<Arguments> failpointsOfOtherOperations() {
    return Stream.of(Operation.values())
        .filter(operation -> operation != Operation.RUN)
        .flatMap(
            operation ->
                Stream.of(Failpoint.values())
                    .filter(failpoint -> failpoint.operations().contains(operation))
                    .map(failpoint -> Arguments.of(operation, failpoint)));
  }

  private static void loseDatabase(ProjectFolder project) throws IOException {
    Path database = RunRecords.location(project).database();
    for (String suffix : List.of("", "-wal", "-shm")) {
      Files.deleteIfExists(Path.of(database + suffix));
    }
  }

  /** Where the first run is done, and the second one has all to do. */
  private static ProjectFolder secondInput() throws IOException {
    ProjectFolder project = afterFirst.copyTo(nextFolder());
    ShopProject.secondInput(project);
    return project;
  }

  private static Path nextFolder() {
    return temporary.resolve("project-" + copies++);
  }
}
