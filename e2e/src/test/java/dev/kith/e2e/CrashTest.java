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
import java.util.EnumMap;
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

  /** What random kills are of, one after another. */
  private static final List<Operation> OFTEN_RUNS =
      List.of(
          Operation.RUN,
          Operation.RUN,
          Operation.PROMOTE,
          Operation.RUN,
          Operation.ROLLBACK,
          Operation.RUN,
          Operation.CLEAN,
          Operation.RUN,
          Operation.REPAIR,
          Operation.RUN);

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

  /** Mostly runs, from empty or from a release. */
  @Test
  void killedAtRandomMoments() throws Exception {
    long seed = Long.getLong("kith.seed", System.nanoTime());
    Random random = new Random(seed);
    System.out.println("CrashTest: seed of random kills: " + seed + " (-Dkith.seed=" + seed + ")");
    long begin = System.nanoTime();
    Map<Operation, Long> lengths = new EnumMap<>(Operation.class);
    Map<Operation, Integer> cut = new EnumMap<>(Operation.class);
    for (int kills = 0; kills < RANDOM_KILLS; kills++) {
      Operation operation = OFTEN_RUNS.get(kills % OFTEN_RUNS.size());
      if (!lengths.containsKey(operation)) {
        lengths.put(operation, length(operation));
      }
      Situation situation =
          operation == Operation.RUN && random.nextInt(4) == 0
              ? new Situation(fresh.copyTo(nextFolder()), Optional.empty(), first)
              : situation(operation);
      long whole = lengths.get(operation);
      long moment = whole / 5 + (long) (random.nextDouble() * whole * 4 / 5);
      String context =
          "seed %d, the %dth, %s killed after %d ms".formatted(seed, kills, operation, moment);
      if (disturbed(operation, situation, context, kith -> cut(kith, operation, moment))) {
        cut.merge(operation, 1, Integer::sum);
      }
      if (kills % 7 == 0) {
        leavesNothing(situation.project(), situation.after());
      }
      situation.project().deleteAll();
    }
    long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin);
    System.out.println(
        "CrashTest: %d random kills in %d s, before the end: %s"
            .formatted(RANDOM_KILLS, seconds, cut));
  }

  /** How long an operation takes when nobody disturbs it, in milliseconds. */
  private static long length(Operation operation) throws Exception {
    ProjectFolder project = situation(operation).project();
    long begin = System.nanoTime();
    try (Forked running = start(operation, project.kith())) {
      Outcome outcome = running.await();
      assertThat(outcome.exitCode()).as(outcome.all()).isZero();
    }
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
    project.deleteAll();
    return millis;
  }

  private static boolean cut(KithCommand kith, Operation operation, long moment)
      throws IOException, InterruptedException {
    try (Forked running = start(operation, kith)) {
      return !running.process().waitFor(moment, TimeUnit.MILLISECONDS);
    }
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
    Situation situation = situation(operation);
    disturbed(operation, situation, failpoint.name(), kith -> killed(kith, operation, failpoint));
    leavesNothing(situation.project(), situation.after());
    situation.project().deleteAll();
  }

  private static boolean killed(KithCommand kith, Operation operation, Failpoint failpoint)
      throws IOException, InterruptedException {
    try (Forked killed = start(operation, kith.with("KITH_FAILPOINT", failpoint.name()))) {
      Outcome outcome = killed.await();
      assertThat(outcome.exitCode()).as(outcome.all()).isEqualTo(KILLED);
      return true;
    }
  }

  /**
   * A project in which an operation has something to do.
   *
   * @param before what readers see
   * @param after what they see after a run
   */
  private record Situation(
      ProjectFolder project,
      Optional<Map<String, List<String>>> before,
      Map<String, List<String>> after) {}

  private static Situation situation(Operation operation) throws IOException {
    return switch (operation) {
      case RUN -> new Situation(secondInput(), Optional.of(first), second);
      case PROMOTE -> new Situation(tested.copyTo(nextFolder()), Optional.of(second), promoted);
      case ROLLBACK, CLEAN, REPAIR ->
          new Situation(afterSecond.copyTo(nextFolder()), Optional.of(second), second);
    };
  }

  /** A process that does an operation comes to its end, in one way or another. */
  private interface Disturbance {
    /** Whether it was before its time. */
    boolean strikes(KithCommand kith) throws IOException, InterruptedException;
  }

  /** Somebody reads all the while, unless there is no database to read. */
  private static boolean disturbed(
      Operation operation, Situation situation, String context, Disturbance disturbance)
      throws Exception {
    ProjectFolder project = situation.project();
    if (operation == Operation.REPAIR) {
      loseDatabase(project);
      boolean cut = disturbance.strikes(project.kith());
      endsWell(operation, situation, context);
      return cut;
    }
    try (SteadyReader reader = SteadyReader.of(project)) {
      boolean cut = disturbance.strikes(project.kith());
      endsWell(operation, situation, context);
      reader.close();
      assertThat(reader.broken()).as(context).isEmpty();
      return cut;
    }
  }

  /**
   * Readers see what was there before or what was to come; the plain operation and a run end it.
   */
  private static void endsWell(Operation operation, Situation situation, String context)
      throws IOException {
    ProjectFolder project = situation.project();
    Optional<Map<String, List<String>>> after = Optional.of(situation.after());
    switch (operation) {
      case RUN ->
          assertThat(Published.in(project.path())).as(context).isIn(situation.before(), after);
      case PROMOTE -> {
        assertThat(Published.in(project.path())).as(context).isIn(situation.before(), after);
        project.kith().succeed("promote", "trial");
        assertThat(Published.in(project.path())).as(context).isEqualTo(after);
      }
      case ROLLBACK -> {
        assertThat(Published.in(project.path()).orElseThrow()).as(context).isIn(first, second);
        project.kith().succeed("rollback", "1");
        assertThat(Published.in(project.path())).as(context).contains(first);
        project.kith().succeed("resume");
      }
      case CLEAN -> assertThat(Published.in(project.path())).as(context).isEqualTo(after);
      case REPAIR -> {
        LakeOperation.repair(project);
        assertThat(Published.in(project.path())).as(context).isEqualTo(after);
      }
    }
    runsAgain(project, situation.after());
  }

  private static Forked start(Operation operation, KithCommand kith) throws IOException {
    String name = operation.name().toLowerCase(Locale.ROOT);
    return switch (operation) {
      case RUN -> kith.start(name);
      case PROMOTE -> kith.start(name, "trial");
      case ROLLBACK -> kith.start(name, "1");
      case CLEAN, REPAIR -> kith.start(LakeOperation.class, name, kith.folder().toString());
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
