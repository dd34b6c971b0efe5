package dev.kith.lake;

import static dev.kith.lake.LakeFixture.provenance;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kith.model.KithException;
import dev.kith.model.TableName;
import dev.kith.model.type.Column;
import dev.kith.model.type.DataType.Primitive;
import dev.kith.model.type.TableSchema;
import java.io.InputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunLeaseTest {

  private static final TableName ORDERS = TableName.of("orders");

  @TempDir Path project;
  private LakeFixture lake;

  @BeforeEach
  void open() {
    lake = new LakeFixture(project);
  }

  @AfterEach
  void close() {
    lake.close();
  }

  @Test
  void itIsGivenToOneAtATime() {
    Instant before = Instant.now();
    try (RunLease held = lake.warehouse.leases().acquire("run", Duration.ZERO);
        Warehouse other = other()) {
      held.check();
      assertThatThrownBy(() -> other.leases().acquire("clean", Duration.ofMillis(150)))
          .isInstanceOfSatisfying(
              KithException.class, e -> assertThat(e.code()).isEqualTo(LakeCode.PROJECT_IN_USE))
          .hasMessageContaining("Cannot start 'kith clean'")
          .hasMessageContaining("kith run, pid " + ProcessHandle.current().pid())
          .hasMessageContaining("since " + before.toString().substring(0, 13));
    }
    lake.warehouse.leases().acquire("run", Duration.ZERO).close();
  }

  @Test
  void whoIsPatientGetsItWhenItIsGivenBack() throws Exception {
    RunLease held = lake.warehouse.leases().acquire("run", Duration.ZERO);
    Thread holder =
        new Thread(
            () -> {
              sleep(300);
              held.close();
            });
    holder.start();
    try (Warehouse other = other();
        RunLease next = other.leases().acquire("run", Duration.ofSeconds(20))) {
      next.check();
      assertThat(next.token()).isGreaterThan(held.token());
    }
    holder.join();
  }

  @Test
  void whoIsPatientWaitsForWhoeverWritesToTheDatabase() throws Exception {
    RunLease held = lake.warehouse.leases().acquire("run", Duration.ZERO);
    List<String> told = new ArrayList<>();
    try (Connection writing =
            MetadataDatabase.newConnection(LakeFixture.location(project).database());
        Statement statement = writing.createStatement();
        Warehouse other = other()) {
      statement.execute("BEGIN IMMEDIATE");
      Consumer<String> waiting =
          why -> {
            told.add(why);
            if (told.size() == 1) {
              rollBack(statement);
            } else {
              held.close();
            }
          };
      try (RunLease next = other.leases().acquire("run", Duration.ofSeconds(20), waiting)) {
        next.check();
      }
    }
    String holder = "kith run, pid " + ProcessHandle.current().pid();
    assertThat(told).hasSize(2);
    assertThat(told.get(0))
        .contains("another process (probably " + holder)
        .endsWith("is in the midst of writing to this project's database");
    assertThat(told.get(1)).contains("another process (" + holder).endsWith("using this project");
  }

  private static void rollBack(Statement statement) {
    try {
      statement.execute("ROLLBACK");
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void theDeathOfItsHolderSetsItFreeAtOnce() throws Exception {
    Process holder = Forked.java(List.of(), Holder.class, project.toString());
    assertThat(holder.getInputStream().read()).isEqualTo('h');
    assertThatThrownBy(() -> lake.warehouse.leases().acquire("run", Duration.ZERO))
        .hasMessageContaining("pid " + holder.pid());

    holder.destroyForcibly().waitFor();

    lake.warehouse.leases().acquire("run", Duration.ZERO).close();
  }

  @Test
  void aHolderThatWorksLongerThanALeaseKeepsIt() throws Exception {
    Process holder =
        Forked.java(List.of("-DKITH_LEASE_SECONDS=1"), Holder.class, project.toString());
    assertThat(holder.getInputStream().read()).isEqualTo('h');

    assertThatThrownBy(() -> lake.warehouse.leases().acquire("run", Duration.ofSeconds(3)))
        .isInstanceOf(KithException.class);

    holder.destroyForcibly().waitFor();
  }

  /** The pause is the operating system's: no thread of the process runs. */
  @Test
  void whoWasPausedPastTheLeaseCanWriteNothing() throws Exception {
    LakeTable orders = lake.orders();
    Process paused =
        Forked.java(
            List.of("-DKITH_LEASE_SECONDS=1", "-DKITH_FAILPOINT=TABLE_COMMITTED:1:pause=4"),
            Paused.class,
            project.toString());
    InputStream output = paused.getInputStream();
    assertThat(output.read()).isEqualTo('h');

    try (RunLease taken = lake.warehouse.leases().acquire("run", Duration.ofSeconds(20))) {
      Snapshot mine = orders.commit(provenance("mine")).commit();
      Release release = publish(lake.warehouse, orders, Optional.empty());
      List<String> refused =
          new String(output.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
              .lines()
              .toList();

      assertThat(paused.waitFor()).isZero();
      assertThat(refused)
          .containsExactly(
              "check L015",
              "commit L015",
              "create L015",
              "evolve L015",
              "publish L015",
              "mirror L015",
              "rollback L015",
              "heads L015");
      assertThat(orders.head()).contains(mine);
      assertThat(lake.warehouse.releases().history(Release.PRODUCTION)).containsExactly(release);
      assertThat(lake.warehouse.tables()).containsExactly(LakeFixture.ORDERS);
      taken.check();
    }
  }

  @Test
  void whoWasPausedAndNotReplacedGoesOn() throws Exception {
    lake.orders();
    Process paused =
        Forked.java(
            List.of("-DKITH_LEASE_SECONDS=1", "-DKITH_FAILPOINT=TABLE_COMMITTED:1:pause=2"),
            Paused.class,
            project.toString());
    String output =
        new String(paused.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);

    assertThat(paused.waitFor()).isZero();
    assertThat(output).isEqualTo("h");
    assertThat(lake.warehouse.releases().history(Release.PRODUCTION)).hasSize(2);
  }

  @Test
  void runsThatSeemToGoOnWereInterruptedOnlyUnderALease() {
    RunLog runs = lake.warehouse.runs();
    runs.started(LakeFixture.run("going-on"));
    runs.started(LakeFixture.run("without-lease"));
    assertThat(runs.recent(9)).extracting(RunRecord::status).containsOnly(RunRecord.Status.RUNNING);

    try (RunLease lease = lake.warehouse.leases().acquire("run", Duration.ZERO)) {
      lease.check();
      runs.started(LakeFixture.run("next"));
    }

    assertThat(runs.recent(9))
        .extracting(RunRecord::status)
        .containsExactly(
            RunRecord.Status.RUNNING, RunRecord.Status.INTERRUPTED, RunRecord.Status.INTERRUPTED);
  }

  /** Each adds one to what the last has committed; if two ever were inside, one would be lost. */
  @Test
  void manyThatWaitForEachOtherNeverOverlap() throws Exception {
    List<Thread> threads = new ArrayList<>();
    List<Throwable> failures = new ArrayList<>();
    lake.orders();
    for (int i = 0; i < 4; i++) {
      threads.add(
          new Thread(
              () -> {
                try (Warehouse own = other()) {
                  for (int n = 0; n < 5; n++) {
                    try (RunLease lease = own.leases().acquire("run", Duration.ofSeconds(60))) {
                      lease.check();
                      own.table(LakeFixture.ORDERS).commit(provenance("run")).commit();
                    }
                  }
                } catch (Throwable e) {
                  synchronized (failures) {
                    failures.add(e);
                  }
                }
              }));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(failures).isEmpty();
    assertThat(lake.warehouse.table(LakeFixture.ORDERS).history()).hasSize(20);
  }

  private Warehouse other() {
    return Warehouse.open(LakeFixture.location(project), LakeFixture.CLOCK);
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Release publish(Warehouse warehouse, LakeTable orders, Optional<String> parent) {
    long head = orders.head().orElseThrow().id();
    ReleaseEntry entry =
        new ReleaseEntry(orders.name(), head, orders.schema(head), ReleaseEntry.Kind.TABLE);
    Publication publication =
        warehouse
            .releases()
            .publish(
                new NewRelease(
                    Release.PRODUCTION,
                    parent,
                    Map.of(ORDERS, entry),
                    "run",
                    LakeFixture.CLOCK.instant()));
    return ((Publication.Published) publication).release();
  }

  /** Holds the lease until it is killed. */
  static final class Holder {
    private Holder() {}

    public static void main(String... arguments) throws InterruptedException {
      try (LakeFixture lake = new LakeFixture(Path.of(arguments[0]));
          RunLease lease = lake.warehouse.leases().acquire("run", Duration.ZERO)) {
        lease.check();
        System.out.print("h");
        System.out.flush();
        Thread.sleep(60_000);
      }
    }
  }

  /** Is stopped while it holds the lease, then tries everything that writes. */
  static final class Paused {
    private Paused() {}

    public static void main(String... arguments) {
      try (LakeFixture lake = new LakeFixture(Path.of(arguments[0]));
          RunLease lease = lake.warehouse.leases().acquire("run", Duration.ZERO)) {
        Warehouse warehouse = lake.warehouse;
        LakeTable orders = warehouse.table(LakeFixture.ORDERS);
        System.out.print("h");
        System.out.flush();
        Failpoint.TABLE_COMMITTED.hit();
        attempt("check", lease::check);
        attempt("commit", () -> orders.commit(provenance("paused")).commit());
        attempt(
            "create",
            () -> warehouse.create(new PhysicalTable("mine"), TableLayout.of(LakeFixture.SCHEMA)));
        attempt("evolve", () -> orders.evolve(wider(), Map.of()));
        Optional<Release> current = warehouse.releases().current(Release.PRODUCTION);
        attempt("publish", () -> publish(warehouse, orders, current.map(Release::id)));
        attempt(
            "mirror",
            () ->
                warehouse
                    .releases()
                    .mirror(warehouse.releases().current(Release.PRODUCTION).orElseThrow()));
        attempt(
            "rollback",
            () ->
                warehouse
                    .releases()
                    .rollback(Release.PRODUCTION, "current", "anna", LakeFixture.CLOCK.instant()));
        attempt("heads", warehouse::rememberHeads);
      }
    }

    private static TableSchema wider() {
      List<Column> columns = new ArrayList<>(LakeFixture.SCHEMA.columns());
      columns.add(new Column("paid", Primitive.BOOLEAN));
      return new TableSchema(columns);
    }

    private static void attempt(String what, ThrowingCallable call) {
      try {
        call.call();
      } catch (KithException e) {
        System.out.println(what + " " + e.code().id());
      } catch (Throwable e) {
        System.out.println(what + " " + e);
      }
    }
  }
}
