package dev.kith.lake;

import static dev.kith.lake.LakeFixture.provenance;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.lake.Failpoint.Operation;
import dev.kith.model.TableName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RepairTest {

  private static final RepairReport NOTHING =
      new RepairReport(List.of(), List.of(), List.of(), List.of(), List.of());

  @TempDir Path project;
  private Map<String, Object> before;

  @BeforeEach
  void write() {
    try (LakeFixture lake = new LakeFixture(project)) {
      FixtureWarehouse.write(lake);
      lake.warehouse.releases().rollback("prod", "previous", "anna", LakeFixture.CLOCK.instant());
      before = contents(lake);
    }
  }

  @Test
  void whereNothingIsWrongNothingIsDone() {
    assertThat(repair()).isEqualTo(NOTHING);
    assertThat(contents()).isEqualTo(before);
  }

  @Test
  void aLostDatabaseIsMadeAnew() throws IOException {
    delete(database());

    RepairReport report = repair();

    assertThat(report.tables()).hasSize(4);
    assertThat(report.releases()).hasSize(3);
    assertThat(report.lostTables()).isEmpty();
    assertThat(report.lostReleases()).isEmpty();
    assertThat(contents()).isEqualTo(before);
    assertThat(repair()).isEqualTo(NOTHING);
    try (Stream<Path> files = Files.list(database().getParent())) {
      assertThat(files.map(file -> file.getFileName().toString())).noneMatch(RepairTest::isPart);
    }
  }

  @Test
  void aDatabaseFromAnOlderCopyIsBroughtUpToDate() throws IOException {
    Path copy = Files.copy(database(), project.resolve("copy.db"));
    try (LakeFixture lake = new LakeFixture(project)) {
      LakeTable orders = lake.orders();
      orders.commit(provenance("later")).commit();
      publish(lake, orders);
      before = contents(lake);
    }
    delete(database());
    Files.move(copy, database());

    RepairReport report = repair();

    assertThat(report.tables()).containsExactly(LakeFixture.ORDERS);
    assertThat(report.releases()).hasSize(1);
    assertThat(contents()).isEqualTo(before);
  }

  @Test
  void manifestsAndPlainNamesThatAreGoneAreWrittenAgain() throws IOException, SQLException {
    Path folder = LakeFixture.location(project).folder().resolve("releases/prod");
    Path manifest;
    try (Stream<Path> files = Files.list(folder)) {
      manifest = files.sorted().findFirst().orElseThrow();
    }
    String text = Files.readString(manifest);
    Files.delete(manifest);
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database());
        Statement statement = connection.createStatement()) {
      statement.execute("DELETE FROM iceberg_tables WHERE table_namespace LIKE 'prod%'");
    }

    assertThat(repair().manifests()).hasSize(1);

    assertThat(manifest).hasContent(text);
    assertThat(contents()).isEqualTo(before);
  }

  @Test
  void aReleaseWhoseRowsAreGoneStaysLost() throws IOException {
    delete(database());
    try (Stream<Path> files =
        Files.walk(LakeFixture.location(project).folder().resolve("tables/customer_77aa00ff"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.delete(file);
      }
    }

    RepairReport report = repair();

    assertThat(report.lostTables()).containsExactly("customer_77aa00ff");
    assertThat(report.releases().size() + report.lostReleases().size()).isEqualTo(3);
    assertThat(report.lostReleases()).isNotEmpty();
  }

  static Stream<Failpoint> failpointsOfRepair() {
    return Stream.of(Failpoint.values())
        .filter(failpoint -> failpoint.operations().contains(Operation.REPAIR));
  }

  @ParameterizedTest
  @MethodSource("failpointsOfRepair")
  void whateverItIsKilledAtTheNextOneFinishes(Failpoint failpoint) throws Exception {
    delete(database());
    Process process =
        Forked.java(List.of("-DKITH_FAILPOINT=" + failpoint), Worker.class, project.toString());
    process.getInputStream().readAllBytes();
    assertThat(process.waitFor()).isEqualTo(137);
    assertThat(database()).doesNotExist();

    repair();

    assertThat(contents()).isEqualTo(before);
  }

  private static boolean isPart(String file) {
    return file.contains(".part");
  }

  private Map<String, Object> contents() {
    try (LakeFixture lake = new LakeFixture(project)) {
      return contents(lake);
    }
  }

  /** All that readers, of Kith or of plain Iceberg, and the next run can see. */
  private Map<String, Object> contents(LakeFixture lake) {
    Map<String, Object> contents = new TreeMap<>();
    for (PhysicalTable name : lake.warehouse.tables()) {
      contents.put("head of " + name, lake.warehouse.table(name).head());
    }
    List<Release> history = lake.warehouse.releases().history("prod");
    contents.put("releases", history);
    for (Release release : history) {
      for (ReleaseEntry entry : release.entries().values()) {
        contents.put(
            release.id() + " " + entry.table(),
            lake.warehouse.table(entry.table()).scan(entry.snapshotId()).toString());
      }
    }
    contents.put("environments", lake.warehouse.releases().environments());
    lake.warehouse.releases().mirror(history.get(0));
    contents.put("names", names());
    return contents;
  }

  private List<String> names() {
    List<String> names = new java.util.ArrayList<>();
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database());
        Statement statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                "SELECT table_namespace || '.' || table_name FROM iceberg_tables"
                    + " WHERE table_namespace LIKE 'prod%' ORDER BY 1")) {
      while (rows.next()) {
        names.add(rows.getString(1));
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return names;
  }

  private static void publish(LakeFixture lake, LakeTable orders) {
    long head = orders.head().orElseThrow().id();
    Releases releases = lake.warehouse.releases();
    Release current = releases.current("prod").orElseThrow();
    Map<TableName, ReleaseEntry> entries = new TreeMap<>(current.entries());
    entries.put(
        FixtureWarehouse.ORDERS,
        new ReleaseEntry(orders.name(), head, orders.schema(head), ReleaseEntry.Kind.TABLE));
    releases.publish(
        new NewRelease(
            "prod", Optional.of(current.id()), entries, "later", LakeFixture.CLOCK.instant()));
  }

  private RepairReport repair() {
    return Warehouse.repair(LakeFixture.location(project), LakeFixture.CLOCK, Duration.ZERO);
  }

  private Path database() {
    return LakeFixture.location(project).database();
  }

  private static void delete(Path database) throws IOException {
    Files.delete(database);
    Files.deleteIfExists(database.resolveSibling("kith.db-wal"));
    Files.deleteIfExists(database.resolveSibling("kith.db-shm"));
  }

  /** Repairs. */
  static final class Worker {
    private Worker() {}

    public static void main(String... arguments) {
      Warehouse.repair(
          LakeFixture.location(Path.of(arguments[0])), LakeFixture.CLOCK, Duration.ZERO);
    }
  }
}
