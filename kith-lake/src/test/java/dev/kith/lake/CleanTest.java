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
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CleanTest {

  private static final TableName NAME = TableName.of("orders");
  private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z"); // of the fixture

  @TempDir Path project;
  private LakeFixture lake;
  private LakeTable orders;
  private Releases releases;

  @BeforeEach
  void open() {
    lake = new LakeFixture(project);
    orders = lake.orders();
    releases = lake.warehouse.releases();
  }

  @AfterEach
  void close() {
    lake.close();
  }

  @Test
  void releasesStayByAgeAndByNumber() {
    Release oldest = publish("prod", Duration.ofDays(50), append(1));
    Release replacedLately = publish("prod", Duration.ofDays(40), append(2));
    Release recent = publish("prod", Duration.ofDays(10), append(3));
    Release trial = publish("trial", Duration.ofDays(90), append(4));

    CleanReport report = lake.warehouse.clean(policy(Duration.ofDays(30), 1));

    assertThat(report.releases()).containsExactly(oldest.id());
    assertThat(releases.history("prod")).containsExactly(recent, replacedLately);
    assertThat(releases.history("trial")).containsExactly(trial);

    assertThat(lake.warehouse.clean(policy(Duration.ZERO, 2)).releases()).isEmpty();
    assertThat(lake.warehouse.clean(policy(Duration.ZERO, 1)).releases())
        .containsExactly(replacedLately.id());
  }

  @Test
  void snapshotsThatNoReleaseHoldsGoWithTheirFiles() throws IOException {
    ReleaseEntry first = append(1);
    Snapshot whole = orders.head().orElseThrow();
    orders.commit(provenance("b")).removeAll(orders.scan(whole.id())).commit();
    ReleaseEntry second = append(2);
    Release old = publish("prod", Duration.ofDays(50), first);
    releases.mirror(old);
    Release current = publish("prod", Duration.ofDays(40), second);
    releases.mirror(current);
    Path orphan = Files.writeString(orders.dataFolder().resolve("orphan.parquet"), "x");

    CleanReport report = lake.warehouse.clean(policy(Duration.ofDays(30), 1));

    assertThat(report.tables()).containsOnlyKeys(orders.name());
    assertThat(report.snapshots()).isEqualTo(2);
    assertThat(report.others().count()).isEqualTo(1);
    assertThat(report.files().bytes()).isPositive();
    assertThat(orphan).doesNotExist();
    assertThat(orders.history()).hasSize(1);
    assertThat(orders.iceberg().refs()).doesNotContainKey("kith-release-" + old.id());
    assertThat(lake.rows(orders, second.snapshotId()).values()).containsExactly("2:run");
    assertThat(Unreferenced.files(lake)).isEmpty();
    assertNothingLeft();
  }

  @Test
  void plainNamesShowTheSnapshotsThatAreLeft() throws SQLException {
    ReleaseEntry first = append(1);
    releases.mirror(publish("prod", Duration.ofDays(50), first));
    releases.mirror(publish("prod", Duration.ofDays(40), append(2)));

    CleanReport report = lake.warehouse.clean(policy(Duration.ofDays(30), 1));

    assertThat(report.snapshots()).isPositive();
    String now = lake.warehouse.table(orders.name()).metadataLocation();
    assertThat(plainNames()).containsExactly(now);
  }

  private List<String> plainNames() throws SQLException {
    List<String> locations = new ArrayList<>();
    String database = "jdbc:sqlite:" + lake.warehouse.location().database();
    try (Connection connection = DriverManager.getConnection(database);
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT metadata_location FROM iceberg_tables WHERE table_namespace = 'prod'")) {
      while (rows.next()) {
        locations.add(rows.getString(1));
      }
    }
    return locations;
  }

  @Test
  void runsAreForgottenThatMadeNothingThatIsKept() {
    for (String run : List.of("failed", "made", "wrote")) {
      lake.warehouse.runs().started(LakeFixture.run(run));
      lake.warehouse.runs().finished(run, RunEnd.succeeded(Optional.empty()));
    }
    Set<String> needed = Set.of("made", "wrote");
    Instant later = NOW.plus(Duration.ofDays(1));

    assertThat(lake.warehouse.runs().forget(NOW, Set.of(), false)).isZero();
    assertThat(lake.warehouse.runs().forget(later, needed, true)).isEqualTo(1);
    assertThat(lake.warehouse.runs().recent(9)).hasSize(3);
    assertThat(lake.warehouse.runs().forget(later, needed, false)).isEqualTo(1);
    assertThat(lake.warehouse.runs().recent(9))
        .extracting(RunRecord::id)
        .containsExactlyInAnyOrder("made", "wrote");
  }

  @Test
  void whatTheNextRunReadsFromStays() {
    Snapshot read = orders.commit(provenance("a")).add(ids(1)).commit();
    orders.commit(provenance("b")).add(ids(2)).commit();
    orders.commit(provenance("c")).add(ids(3)).commit();
    LakeTable derived =
        lake.warehouse.create(new PhysicalTable("d"), TableLayout.of(LakeFixture.SCHEMA));
    derived.commit(builtFrom(read)).add(lake.ids(derived, "d", List.of(1L))).commit();
    publish("prod", Duration.ofDays(1), append(4), entry(derived));

    lake.warehouse.clean(policy(Duration.ZERO, 1));

    Changes changes = orders.changes(read.id(), orders.head().orElseThrow().id());
    assertThat(changes).isInstanceOf(Changes.Known.class);
    assertThat(((Changes.Known) changes).added()).hasSize(3);
  }

  @Test
  void tablesOfNoReleaseGoUnlessTheyAreWanted() {
    append(1);
    PhysicalTable failed = new PhysicalTable("failed_run");
    PhysicalTable source = new PhysicalTable("new_source");
    for (PhysicalTable name : List.of(failed, source)) {
      LakeTable table = lake.warehouse.create(name, TableLayout.of(LakeFixture.SCHEMA));
      table.commit(provenance("x")).add(lake.ids(table, "x", List.of(1L))).commit();
    }
    publish("prod", Duration.ofDays(1), append(2));

    CleanReport report =
        lake.warehouse.clean(
            new CleanPolicy(Duration.ZERO, 1, Set.of(source), Duration.ZERO, false));

    assertThat(lake.warehouse.tables()).containsExactlyInAnyOrder(orders.name(), source);
    assertThat(report.tables().get(failed))
        .returns(true, CleanReport.TablePart::dropped)
        .returns(1, CleanReport.TablePart::snapshots);
    assertThat(lake.warehouse.location().folder().resolve("tables/failed_run")).doesNotExist();
    assertThat(lake.warehouse.table(source).head()).isPresent();
  }

  @Test
  void anEnvironmentThatHasExpiredGoes() {
    Release production = publish("prod", Duration.ofDays(9), append(1));
    LakeTable own =
        lake.warehouse.create(new PhysicalTable("own"), TableLayout.of(LakeFixture.SCHEMA));
    own.commit(provenance("x")).commit();
    Release trial = publish("trial", Duration.ofDays(1), entry(own));
    releases.expire("trial", Optional.of(NOW));

    CleanReport report = lake.warehouse.clean(policy(Duration.ofDays(30), 1));

    assertThat(report.environments()).containsExactly("trial");
    assertThat(report.releases()).containsExactly(trial.id());
    assertThat(releases.environments()).extracting(Environment::name).containsExactly("prod");
    assertThat(lake.warehouse.tables()).containsExactly(orders.name());
    assertThat(releases.current("prod")).contains(production);
  }

  @Test
  void aDryRunSaysWhatWouldGoAndTakesNothing() throws IOException {
    waste();
    List<Path> before = files();

    CleanReport would =
        lake.warehouse.clean(new CleanPolicy(Duration.ZERO, 1, Set.of(), Duration.ZERO, true));

    assertThat(files()).isEqualTo(before);
    CleanReport done = lake.warehouse.clean(policy(Duration.ZERO, 1));
    assertThat(done.releases()).isEqualTo(would.releases());
    assertThat(done.snapshots()).isEqualTo(would.snapshots());
    assertThat(done.files()).isEqualTo(would.files());
    assertThat(done.files().count()).isGreaterThan(5);
  }

  @Test
  void filesThatMayBeOfARunOfNowStay() throws IOException {
    publish("prod", Duration.ofDays(1), append(1));
    Path fresh = Files.writeString(orders.dataFolder().resolve("fresh.parquet"), "x");

    lake.warehouse.clean(new CleanPolicy(Duration.ZERO, 1, Set.of(), Duration.ofHours(1), false));

    assertThat(fresh).exists();
  }

  static Stream<Failpoint> failpointsOfCleaning() {
    return Stream.of(Failpoint.values())
        .filter(failpoint -> failpoint.operations().contains(Operation.CLEAN));
  }

  @ParameterizedTest
  @MethodSource("failpointsOfCleaning")
  void whateverItIsKilledAtTheNextOneFinishes(Failpoint failpoint) throws Exception {
    Release current = waste();
    ReleaseEntry entry = current.entry(NAME).orElseThrow();
    Map<Long, String> rows = lake.rows(orders, entry.snapshotId());

    Process process =
        Forked.java(List.of("-DKITH_FAILPOINT=" + failpoint), Worker.class, project.toString());
    process.getInputStream().readAllBytes();

    assertThat(process.waitFor()).isEqualTo(137);
    assertThat(lake.rows(orders, entry.snapshotId())).isEqualTo(rows);
    lake.warehouse.clean(policy(Duration.ZERO, 1));
    assertThat(releases.history("prod")).containsExactly(current);
    assertThat(lake.rows(lake.warehouse.table(orders.name()), entry.snapshotId())).isEqualTo(rows);
    assertThat(lake.warehouse.tables()).containsExactly(orders.name());
    assertThat(Unreferenced.files(lake)).isEmpty();
    assertNothingLeft();
  }

  /** Something for each kind of effect. */
  private Release waste() {
    Release first = publish("prod", Duration.ofDays(50), append(1));
    releases.mirror(first);
    append(2);
    Snapshot head = orders.head().orElseThrow();
    TableCommit commit = orders.commit(provenance("run"));
    for (ScanFile file : orders.scan(head.id())) {
      commit.delete(file, lake.positions(file, List.of(1L)));
    }
    commit.commit();
    LakeTable failed =
        lake.warehouse.create(new PhysicalTable("failed"), TableLayout.of(LakeFixture.SCHEMA));
    failed.commit(provenance("x")).add(lake.ids(failed, "x", List.of(1L))).commit();
    lake.ids(orders, "never committed", List.of(7L));
    Release current = publish("prod", Duration.ofDays(40), append(3));
    releases.mirror(current);
    return current;
  }

  private void assertNothingLeft() {
    CleanReport again = lake.warehouse.clean(policy(Duration.ZERO, 1));
    assertThat(again.files()).isEqualTo(CleanReport.Files.NONE);
    assertThat(again.snapshots()).isZero();
  }

  private static CleanPolicy policy(Duration keep, int atLeast) {
    return new CleanPolicy(keep, atLeast, Set.of(), Duration.ZERO, false);
  }

  private static Provenance builtFrom(Snapshot input) {
    return new Provenance(
        "run",
        "definition-1",
        Map.of("orders", input.id()),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  @Test
  void whatIsBesideTablesStaysForAsLongAsItIsOfTheRowsOfOne() {
    publish("prod", Duration.ofDays(1), append(1));
    Provenance made = orders.head().orElseThrow().provenance();
    PhysicalTable usual = new PhysicalTable("usual");
    PhysicalTable kept = made(usual.beside("state"), made);
    made(usual.beside("of_another_definition"), of(made, "definition-0", Map.of()));
    made(usual.beside("of_other_rows"), of(made, made.definition(), Map.of("input", 1L)));
    Provenance unpublished = of(made, "definition-2", Map.of());
    made(new PhysicalTable("unpublished"), unpublished);
    made(usual.beside("of_unpublished"), unpublished);

    lake.warehouse.clean(policy(Duration.ofDays(30), 1));

    assertThat(lake.warehouse.tables()).containsExactlyInAnyOrder(orders.name(), kept);
  }

  private static Provenance of(Provenance made, String definition, Map<String, Long> inputs) {
    return new Provenance(
        made.run(), definition, inputs, made.asOf(), Optional.empty(), Optional.empty());
  }

  private PhysicalTable made(PhysicalTable name, Provenance provenance) {
    LakeTable table = lake.warehouse.create(name, TableLayout.of(LakeFixture.SCHEMA));
    table.commit(provenance).add(lake.ids(table, "run", List.of(1L))).commit();
    return name;
  }

  private ReleaseEntry append(long id) {
    orders.commit(provenance("run")).add(ids(id)).commit();
    return entry(orders);
  }

  private WrittenFile ids(long id) {
    return lake.ids(orders, "run", List.of(id));
  }

  private static ReleaseEntry entry(LakeTable table) {
    long head = table.head().orElseThrow().id();
    return new ReleaseEntry(table.name(), head, table.schema(head), ReleaseEntry.Kind.TABLE);
  }

  private Release publish(String environment, Duration ago, ReleaseEntry... entries) {
    Map<TableName, ReleaseEntry> all = new java.util.TreeMap<>();
    for (ReleaseEntry entry : entries) {
      all.put(
          entry.table().equals(orders.name()) ? NAME : TableName.of(entry.table().name()), entry);
    }
    Publication publication =
        releases.publish(
            new NewRelease(
                environment,
                releases.current(environment).map(Release::id),
                all,
                "run",
                NOW.minus(ago)));
    return ((Publication.Published) publication).release();
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(lake.warehouse.location().folder())) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  /** Cleans. */
  static final class Worker {
    private Worker() {}

    public static void main(String... arguments) {
      try (Warehouse warehouse =
              Warehouse.open(LakeFixture.location(Path.of(arguments[0])), LakeFixture.CLOCK);
          RunLease lease = warehouse.leases().acquire("clean", Duration.ZERO)) {
        lease.check();
        warehouse.clean(policy(Duration.ZERO, 1));
      }
    }
  }
}
