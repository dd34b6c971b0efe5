package dev.kith.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.kith.model.FaultCategory;
import dev.kith.model.KithException;
import dev.kith.model.type.DataType.Primitive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WarehouseTest {

  @TempDir Path project;

  @Test
  void aWarehouseIsFoundAgain() {
    long snapshot;
    try (LakeFixture lake = new LakeFixture(project)) {
      LakeTable orders = lake.orders();
      snapshot =
          orders
              .commit(LakeFixture.provenance("a"))
              .add(lake.ids(orders, "a", List.of(1L)))
              .commit()
              .id();
    }
    try (LakeFixture lake = new LakeFixture(project)) {
      assertThat(lake.warehouse.exists(LakeFixture.ORDERS)).isTrue();
      LakeTable orders = lake.warehouse.table(LakeFixture.ORDERS);
      assertThat(orders.head().orElseThrow().id()).isEqualTo(snapshot);
      assertThat(lake.rows(orders, snapshot)).containsValue("1:a");
    }
  }

  @Test
  void aMovedWarehouseIsReadAndWritten() throws IOException {
    try (LakeFixture lake = new LakeFixture(project.resolve("old"))) {
      LakeTable orders = lake.orders();
      orders
          .commit(LakeFixture.provenance("a"))
          .add(lake.ids(orders, "a", List.of(1L, 2L)))
          .commit();
    }
    Files.move(project.resolve("old"), project.resolve("new"));
    try (LakeFixture lake = new LakeFixture(project.resolve("new"))) {
      LakeTable orders = lake.warehouse.table(LakeFixture.ORDERS);
      Snapshot before = orders.head().orElseThrow();
      ScanFile file = orders.scan(before.id()).get(0);
      assertThat(file.path()).startsWith(project.resolve("new"));
      Snapshot after =
          orders
              .commit(LakeFixture.provenance("b"))
              .delete(file, RowPositions.of(0))
              .add(lake.ids(orders, "b", List.of(3L)))
              .commit();
      assertThat(lake.rows(orders, after.id()).values()).containsExactly("2:a", "3:b");
    }
  }

  @Test
  void aFolderBelowAFileCannotBeWritten() throws IOException {
    Path file = Files.writeString(project.resolve("file"), "not a folder");
    WarehouseLocation location =
        new WarehouseLocation(file.resolve("warehouse"), project.resolve(".kith/kith.db"), "kith");

    assertFault(() -> Warehouse.open(location, LakeFixture.CLOCK), LakeCode.CANNOT_WRITE)
        .hasMessageContaining(file.resolve("warehouse").toString());
  }

  @Test
  void aDatabaseBelowAFileCannotBeWritten() throws IOException {
    Path file = Files.writeString(project.resolve("file"), "not a folder");
    WarehouseLocation location =
        new WarehouseLocation(project.resolve("warehouse"), file.resolve("kith.db"), "kith");

    assertFault(() -> Warehouse.open(location, LakeFixture.CLOCK), LakeCode.CANNOT_WRITE);
  }

  @Test
  void aNewerWarehouseIsNotTouched() throws IOException {
    new LakeFixture(project).close();
    Path mark = LakeFixture.location(project).folder().resolve("kith-warehouse.json");
    Files.writeString(
        mark, Files.readString(mark).replace("\"format-version\" : 1", "\"format-version\" : 2"));

    assertFault(
            () -> Warehouse.open(LakeFixture.location(project), LakeFixture.CLOCK),
            LakeCode.NEWER_FORMAT)
        .hasMessageContaining("its format version is 2");
  }

  @Test
  void aNewerDatabaseIsNotTouched() throws SQLException {
    new LakeFixture(project).close();
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + LakeFixture.location(project).database());
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA user_version = 99");
    }

    assertFault(
        () -> Warehouse.open(LakeFixture.location(project), LakeFixture.CLOCK),
        LakeCode.NEWER_FORMAT);
  }

  @Test
  void aWarehouseWithoutItsDatabaseIsNotTakenForNew() throws IOException {
    new LakeFixture(project).close();
    Files.delete(LakeFixture.location(project).database());

    assertFault(
        () -> Warehouse.open(LakeFixture.location(project), LakeFixture.CLOCK),
        LakeCode.DATABASE_LOST);
  }

  @Test
  void aDatabaseWhoseFilesAreGoneIsNotTakenForNew() throws IOException {
    try (LakeFixture lake = new LakeFixture(project)) {
      assertThat(lake.warehouse.tables()).isEmpty();
      lake.orders();
    }
    Files.move(LakeFixture.location(project).folder(), project.resolve("elsewhere"));

    assertFault(
        () -> Warehouse.open(LakeFixture.location(project), LakeFixture.CLOCK),
        LakeCode.DATABASE_LOST);
  }

  @Test
  void aDatabaseThatIsNoneIsAFault() throws IOException {
    Files.createDirectories(project.resolve(".kith"));
    Files.writeString(project.resolve(".kith/kith.db"), "this is no database".repeat(100));

    assertFault(
        () -> Warehouse.open(LakeFixture.location(project), LakeFixture.CLOCK),
        LakeCode.DATABASE_FAILED);
  }

  @Test
  void aMissingTableIsAFault() {
    try (LakeFixture lake = new LakeFixture(project)) {
      assertFault(() -> lake.warehouse.table(new PhysicalTable("nowhere")), LakeCode.NO_SUCH_TABLE);
    }
  }

  @Test
  void aFullDiskIsSaidSoAndLosesNothing() throws Exception {
    Path small = Files.createDirectory(project.resolve("small"));
    int mounted = run("mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", small.toString());
    assertThat(mounted == 0 || System.getenv("KITH_CI") == null)
        .as("a build server can mount a small disk")
        .isTrue();
    assumeThat(mounted).as("a file system can be mounted here").isZero();
    try (LakeFixture lake = new LakeFixture(small)) {
      LakeTable orders = lake.orders();
      Snapshot last = orders.commit(LakeFixture.provenance("first")).commit();
      List<KithException> faults = new ArrayList<>();
      for (int i = 0; i < 200 && faults.isEmpty(); i++) {
        try {
          last = orders.commit(LakeFixture.provenance("run-" + i)).commit();
        } catch (KithException e) {
          faults.add(e);
        }
      }
      assertThat(faults)
          .singleElement()
          .returns(LakeCode.DISK_FULL, KithException::code)
          .returns(FaultCategory.OUTSIDE, KithException::category);
      assertThat(lake.warehouse.table(LakeFixture.ORDERS).head()).contains(last);
    } finally {
      run("umount", small.toString());
    }
  }

  @Test
  void commitsOfManyAtOnceAreAllKept() throws Exception {
    int threads = 3;
    int commits = 6;
    new LakeFixture(project).close();
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      List<Callable<Integer>> writers = new ArrayList<>();
      for (int writer = 0; writer < threads; writer++) {
        PhysicalTable own = new PhysicalTable("own_" + writer);
        writers.add(
            () -> {
              try (Warehouse warehouse =
                  Warehouse.open(LakeFixture.location(project), LakeFixture.CLOCK)) {
                LakeTable table = warehouse.openOrCreate(own, TableLayout.of(LakeFixture.SCHEMA));
                for (int i = 0; i < commits; i++) {
                  table.commit(LakeFixture.provenance("run-" + i)).commit();
                }
                return table.history().size();
              }
            });
      }
      for (Future<Integer> writer : executor.invokeAll(writers)) {
        assertThat(writer.get()).isEqualTo(commits);
      }
    } finally {
      executor.shutdownNow();
    }
  }

  @Test
  void rowsAreFoundByPartitionAndRange() {
    TableLayout layout =
        new TableLayout(
            LakeFixture.SCHEMA,
            List.of(new Partitioning.ByDay("at"), new Partitioning.Identity("note")),
            List.of("at"),
            List.of("id"));
    try (LakeFixture lake = new LakeFixture(project)) {
      LakeTable table = lake.warehouse.create(LakeFixture.ORDERS, layout);
      assertThat(table.layout()).isEqualTo(layout);
      assertThat(table.partitionColumns())
          .extracting(PartitionColumn::name)
          .containsExactly("at_day", "note");
      TableCommit commit = table.commit(LakeFixture.provenance("a"));
      for (int day = 1; day <= 3; day++) {
        String date = "2026-01-0" + day;
        commit.add(
            lake.write(
                table,
                "SELECT "
                    + day
                    + "::BIGINT AS id, TIMESTAMPTZ '"
                    + date
                    + " 23:00:00' AS at, 'ş' AS note",
                date,
                "ş"));
      }
      long snapshot = commit.commit().id();

      var from = Optional.<Object>of(Instant.parse("2026-01-02T00:00:00Z"));
      var filter = new RangeFilter("at", from, Optional.empty());
      List<ScanFile> found = table.scan(snapshot, Optional.of(filter));
      assertThat(found).hasSize(2);
      assertThat(found.get(0).partition().get(1)).hasToString("ş");
      var byId = new RangeFilter("ID", Optional.of(2), Optional.of(3));
      assertThat(table.scan(snapshot, Optional.of(byId))).hasSize(1);
      assertThatThrownBy(
              () ->
                  table
                      .commit(LakeFixture.provenance("b"))
                      .add(new WrittenFile(found.get(0).path(), List.of("yesterday", "ş")))
                      .commit())
          .hasMessageContaining("its partition is [yesterday, ş]");
    }
  }

  @Test
  void bucketsAreIcebergs() {
    // Hashes of the table format's specification: 34 is 2017239379, "iceberg" is 1210000089.
    int buckets = 1000;
    assertThat(Buckets.of(Primitive.BIGINT, buckets).apply(34L)).isEqualTo(2017239379 % buckets);
    assertThat(Buckets.of(Primitive.TEXT, buckets).apply("iceberg"))
        .isEqualTo(1210000089 % buckets);
  }

  private static int run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }

  private static AbstractThrowableAssert<?, ? extends Throwable> assertFault(
      ThrowingCallable call, LakeCode code) {
    return assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            KithException.class, fault -> assertThat(fault.code()).isEqualTo(code));
  }
}
