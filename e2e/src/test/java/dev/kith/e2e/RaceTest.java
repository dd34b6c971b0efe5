package dev.kith.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.e2e.KithCommand.Forked;
import dev.kith.e2e.KithCommand.Outcome;
import dev.kith.lake.Failpoint;
import dev.kith.lake.Release;
import dev.kith.lake.Warehouse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Processes that run one project at the same time: nothing is lost, nothing is mixed. */
class RaceTest {

  private static final int ROUNDS = Integer.getInteger("kith.races", 50);
  private static final int RANDOM_PAUSES = 4;
  private static final int OUTSIDE = 4;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path temporary;

  @Test
  void twoProcessesRunTheProjectAtOnce() throws Exception {
    long begin = System.nanoTime();
    ProjectFolder project = ShopProject.firstInput(temporary.resolve("raced"));
    project.kith().succeed("run");
    int waited = 0;
    try (Worker left = Worker.at(project);
        Worker right = Worker.at(project);
        SteadyReader reader = SteadyReader.of(project)) {
      for (int round = 1; round <= ROUNDS; round++) {
        moreOrders(project, round);
        left.begin("run", "--wait", "2m");
        right.begin("run", "--wait", "2m");
        List<Outcome> outcomes = List.of(left.outcome(), right.outcome());

        String context = "round " + round + "\n" + outcomes;
        assertThat(outcomes).as(context).extracting(Outcome::exitCode).containsOnly(0);
        String release = "Published release " + (round + 1);
        assertThat(outcomes)
            .as(context)
            .filteredOn(each -> each.out().contains(release))
            .hasSize(1);
        assertThat(outcomes)
            .as(context)
            .filteredOn(each -> each.out().contains("Everything is up to date"))
            .hasSize(1);
        waited += (int) outcomes.stream().filter(each -> each.err().contains("Waiting: ")).count();
      }
      reader.close();
      assertThat(reader.broken()).isEmpty();
      long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin);
      System.out.println(
          "RaceTest: %d rounds, %d waits and %d reads in %d s"
              .formatted(ROUNDS, waited, reader.reads(), seconds));
    }
    assertThat(waited).as("rounds in which they met").isPositive();
    assertSameAsUndisturbed(project, ROUNDS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "FILES_WRITTEN:3",
        "ROWS_COMMITTED:2",
        "TABLE_COMMITTED:3",
        "MANIFEST_WRITTEN:1",
        "RELEASE_INSERTED:1",
        "TAGS_SET:1"
      })
  void oneIsPausedPastItsLeaseAtAFailpoint(String failpoint) throws Exception {
    int attempts = 1;
    while (!pausesPastItsLease(failpoint)) {
      assertThat(attempts++).as("pauses in the midst of a write").isLessThan(5);
    }
  }

  /**
   * Whether the other could take over: at the failpoint the lease may just be renewed by another
   * thread, and who is stopped in the midst of that keeps others out of the database.
   */
  private boolean pausesPastItsLease(String failpoint) throws Exception {
    ProjectFolder project = withNews();
    try (Forked paused =
        project
            .kith()
            .with("KITH_LEASE_SECONDS", "1")
            .with("KITH_FAILPOINT", failpoint + ":pause=600")
            .start("run")) {
      awaitStopped(paused.process());
      Failpoint point = Failpoint.valueOf(failpoint.substring(0, failpoint.indexOf(':')));
      boolean published = point.compareTo(Failpoint.RELEASE_INSERTED) >= 0;

      Outcome other = project.kith().run("run", "--wait", "20s");
      wake(paused.process());
      Outcome awakened = paused.await();

      if (isLocked(other)) {
        return false;
      }
      assertThat(other.exitCode()).as(other.all()).isZero();
      assertThat(other.out())
          .contains(published ? "Everything is up to date" : "Published release 2");
      assertGaveUp(awakened, published);
    }
    assertNothingLost(project);
    return true;
  }

  @Test
  void oneIsPausedPastItsLeaseAtRandomMoments() throws Exception {
    long seed = Long.getLong("kith.seed", System.nanoTime());
    System.out.println("RaceTest: seed of pauses " + seed + " (-Dkith.seed=" + seed + ")");
    Random random = new Random(seed);
    for (int i = 0; i < RANDOM_PAUSES; i++) {
      ProjectFolder project = withNews();
      try (Forked paused = project.kith().with("KITH_LEASE_SECONDS", "1").start("run")) {
        awaitLog(project, paused.process());
        boolean ended = paused.process().waitFor(random.nextInt(600), TimeUnit.MILLISECONDS);
        if (!ended) {
          signal("STOP", paused.process());
        }
        Outcome other = project.kith().run("run", "--wait", "20s");
        boolean locked = !ended && isLocked(other);
        assertThat(locked || other.exitCode() == 0).as("seed %d: %s", seed, other.all()).isTrue();
        if (!ended) {
          signal("CONT", paused.process());
        }

        assertGaveUp(paused.await(), true);
        if (locked) {
          project.kith().succeed("run");
        }
      }
      assertNothingLost(project);
      project.deleteAll();
    }
  }

  /** Who is stopped in the midst of writing to the database keeps others out, and they say so. */
  private static boolean isLocked(Outcome outcome) {
    return outcome.exitCode() == OUTSIDE && outcome.err().contains("is in the midst of writing");
  }

  /** Who had published already may find that the other has done the rest. */
  private static void assertGaveUp(Outcome outcome, boolean mayHavePublished) {
    if (mayHavePublished && outcome.exitCode() == 0) {
      return;
    }
    assertThat(outcome.exitCode()).as(outcome.all()).isEqualTo(OUTSIDE);
    assertThat(outcome.err()).contains("error[L015]").contains("paused too long");
  }

  private ProjectFolder withNews() throws IOException {
    ProjectFolder project =
        ShopProject.firstInput(temporary.resolve("paused-" + System.nanoTime()));
    project.kith().succeed("run");
    moreOrders(project, 1);
    return project;
  }

  private void assertNothingLost(ProjectFolder project) throws Exception {
    assertThat(project.kith().succeed("run").out()).contains("Everything is up to date");
    assertSameAsUndisturbed(project, 1);
    try (Warehouse warehouse =
        Warehouse.openExisting(RunRecords.location(project), Clock.systemUTC()).orElseThrow()) {
      assertThat(warehouse.releases().history(Release.PRODUCTION))
          .extracting(Release::sequence)
          .containsExactlyInAnyOrder(1L, 2L);
    }
    var unused = LakeOperation.clean(project);
    assertThat(Unreferenced.files(project)).isEmpty();
  }

  private void assertSameAsUndisturbed(ProjectFolder project, int rounds) throws IOException {
    ProjectFolder undisturbed =
        ShopProject.firstInput(temporary.resolve("undisturbed-" + System.nanoTime()));
    undisturbed.kith().succeed("run");
    for (int round = 1; round <= rounds; round++) {
      moreOrders(undisturbed, round);
    }
    undisturbed.kith().succeed("run");
    Map<String, List<String>> expected = Published.in(undisturbed.path()).orElseThrow();
    assertThat(Published.in(project.path())).contains(expected);
    undisturbed.deleteAll();
  }

  private static void moreOrders(ProjectFolder project, int round) throws IOException {
    project
        .file(
            "data/orders-round-%03d.csv".formatted(round),
            """
            order_id,customer_id,ordered_at,product,quantity,price
            %1$d1,1,2020-02-25 10:00:00,Mug,%1$d,6.50
            %1$d2,3,2020-02-26 10:00:00,Jug,2,12.00
            """
                .formatted(100 + round))
        .file(
            "data/visits-round-%03d.ndjson".formatted(round),
            """
            {"visit_id": "r%d", "customer_id": 2, "visited_at": "2020-02-27 09:00:00", "page": "a"}
            """
                .formatted(round));
  }

  private static void awaitLog(ProjectFolder project, Process process) throws Exception {
    int before = project.files(".kith/logs").size();
    Instant end = Instant.now().plus(PATIENCE);
    while (before == 1 && project.files(".kith/logs").size() == 1 && process.isAlive()) {
      assertThat(Instant.now()).isBefore(end);
      Thread.sleep(10);
    }
  }

  private static void awaitStopped(Process process) throws Exception {
    Instant end = Instant.now().plus(PATIENCE);
    Path status = Path.of("/proc/" + process.pid() + "/stat");
    while (!Files.readString(status).replaceFirst(".*\\) ", "").startsWith("T")) {
      assertThat(process.isAlive()).isTrue();
      assertThat(Instant.now()).isBefore(end);
      Thread.sleep(20);
    }
  }

  /** The pause is the sleep of a shell below it. */
  private static void wake(Process process) {
    process
        .descendants()
        .filter(each -> each.info().command().orElse("").toLowerCase(Locale.ROOT).contains("sleep"))
        .forEach(ProcessHandle::destroy);
  }

  private static void signal(String name, Process process) throws Exception {
    String pid = Long.toString(process.pid());
    assertThat(new ProcessBuilder("kill", "-" + name, pid).inheritIO().start().waitFor()).isZero();
  }
}
