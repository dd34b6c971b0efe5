package dev.kith.lake;

import static dev.kith.lake.LakeFixture.provenance;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.kith.lake.Publication.Published;
import dev.kith.lake.Publication.ReleaseConflict;
import dev.kith.model.KithException;
import dev.kith.model.TableName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReleasesTest {

  private static final TableName ORDERS = TableName.of("orders");
  private static final TableName SALES_ORDERS = TableName.parse("sales.orders");

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
  void anEnvironmentBeginsWithoutRelease() {
    assertThat(releases.current("prod")).isEmpty();
    assertThat(releases.history("prod")).isEmpty();
  }

  @Test
  void aReleaseIsReadAsItWasPublished() throws IOException {
    Release first = published("prod", Optional.empty(), Map.of(ORDERS, append(1)));
    Release second = published("prod", Optional.of(first.id()), Map.of(SALES_ORDERS, append(2)));

    assertThat(releases.current("prod")).contains(second);
    assertThat(releases.release(first.id())).contains(first);
    assertThat(releases.history("prod")).containsExactly(second, first);
    assertThat(second.sequence()).isEqualTo(2);
    assertThat(second.parent()).contains(first.id());
    Path manifest =
        lake.warehouse.location().folder().resolve("releases/prod/" + second.id() + ".json");
    assertThat(ReleaseManifest.read(Files.readString(manifest))).isEqualTo(second);
  }

  @Test
  void environmentsHaveChainsOfTheirOwn() {
    Release production = published("prod", Optional.empty(), Map.of(ORDERS, append(1)));
    Release trial = published("trial", Optional.empty(), Map.of(ORDERS, append(2)));

    assertThat(releases.current("prod")).contains(production);
    assertThat(releases.current("trial")).contains(trial);
    releases.mirror(trial);
    assertThat(names()).isEmpty();
    assertThat(tags()).containsExactly("kith-release-" + trial.id());
  }

  @Test
  void aReleaseOnAnOldParentIsAConflict() throws IOException {
    Release first = published("prod", Optional.empty(), Map.of(ORDERS, append(1)));
    Release second = published("prod", Optional.of(first.id()), Map.of(ORDERS, append(2)));

    for (Optional<String> parent : List.of(Optional.<String>empty(), Optional.of(first.id()))) {
      Publication late = releases.publish(wanted("prod", parent, Map.of(ORDERS, append(3))));
      assertThat(late).isEqualTo(new ReleaseConflict(Optional.of(second)));
    }
    assertThat(manifests()).hasSize(2);
  }

  @Test
  void ofManyThatPublishAtOnceOneWins() throws Exception {
    ReleaseEntry entry = append(1);
    int threads = 4;
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      for (int round = 0; round < 5; round++) {
        Optional<String> parent = releases.current("prod").map(Release::id);
        CyclicBarrier start = new CyclicBarrier(threads);
        List<Callable<Publication>> racers = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
          racers.add(
              () -> {
                // Each has connections of its own, as another process would.
                try (Warehouse other =
                    Warehouse.open(LakeFixture.location(project), LakeFixture.CLOCK)) {
                  start.await();
                  return other.releases().publish(wanted("prod", parent, Map.of(ORDERS, entry)));
                }
              });
        }
        List<Publication> outcomes = new ArrayList<>();
        for (Future<Publication> outcome : executor.invokeAll(racers)) {
          outcomes.add(outcome.get());
        }
        List<Release> winners =
            outcomes.stream()
                .filter(Published.class::isInstance)
                .map(outcome -> ((Published) outcome).release())
                .toList();
        assertThat(winners).hasSize(1);
        assertThat(releases.current("prod")).contains(winners.get(0));
        assertThat(outcomes)
            .filteredOn(ReleaseConflict.class::isInstance)
            .hasSize(threads - 1)
            .containsOnly(new ReleaseConflict(Optional.of(winners.get(0))));
      }
    } finally {
      executor.shutdownNow();
    }
    assertThat(releases.history("prod")).hasSize(5);
    assertThat(manifests()).hasSize(5);
  }

  @Test
  void plainNamesFollowTheRelease() {
    ReleaseEntry one = append(1);
    Release first = published("prod", Optional.empty(), Map.of(ORDERS, one, SALES_ORDERS, one));
    releases.mirror(first);
    append(2);

    assertThat(names().keySet()).containsExactly("prod.orders", "prod.sales.orders");
    assertThat(mainSnapshot()).isEqualTo(one.snapshotId());
    assertThat(tags()).containsExactly("kith-release-" + first.id());

    ReleaseEntry three = append(3);
    Release second = published("prod", Optional.of(first.id()), Map.of(ORDERS, three));
    releases.mirror(second);

    assertThat(names().keySet()).containsExactly("prod.orders");
    assertThat(mainSnapshot()).isEqualTo(three.snapshotId());
    assertThat(tags())
        .containsExactlyInAnyOrder("kith-release-" + first.id(), "kith-release-" + second.id());
  }

  @Test
  void mirroringAgainChangesNothing() {
    Release release = published("prod", Optional.empty(), Map.of(ORDERS, append(1)));
    releases.mirror(release);
    Map<String, String> names = names();
    releases.mirror(release);

    assertThat(names()).isEqualTo(names);

    Release same = published("prod", Optional.of(release.id()), Map.copyOf(release.entries()));
    releases.mirror(same);
    assertThat(names()).isEqualTo(names);
    assertThat(tags()).containsExactly("kith-release-" + release.id());
  }

  @Test
  void aMirrorThatIsNotDoneIsPutRight() {
    Release release = published("prod", Optional.empty(), Map.of(ORDERS, append(1)));
    releases.mirror(release);
    Map<String, String> names = names();
    sql("UPDATE kith_releases SET mirrored_at = NULL");
    sql("DELETE FROM iceberg_tables WHERE table_namespace = 'prod'");
    sql(
        "INSERT INTO iceberg_tables VALUES ('kith', 'prod.old', 'gone', '/nowhere', NULL,"
            + " 'TABLE')");

    releases.mirror(release);

    assertThat(names()).isEqualTo(names);
  }

  @Test
  void anOldReleaseIsNotMirrored() {
    Release first = published("prod", Optional.empty(), Map.of(ORDERS, append(1)));
    Release second = published("prod", Optional.of(first.id()), Map.of(SALES_ORDERS, append(2)));
    releases.mirror(second);

    releases.mirror(first);

    assertThat(names().keySet()).containsExactly("prod.sales.orders");
    assertThat(second.entry(SALES_ORDERS))
        .hasValueSatisfying(entry -> assertThat(mainSnapshot()).isEqualTo(entry.snapshotId()));
  }

  @Test
  void aReleaseThatIsMirroredIsNotLookedThroughAgain() {
    Release release = published("prod", Optional.empty(), Map.of(ORDERS, append(1)));
    releases.mirror(release);
    sql("DELETE FROM iceberg_tables WHERE table_namespace = 'prod'");

    releases.mirror(release);

    assertThat(names()).isEmpty();
  }

  @Test
  void aReleaseSaysWhoMadeItAndOfWhat() {
    Release production = published("prod", Optional.empty(), Map.of(ORDERS, append(1)));
    NewRelease wanted = wanted("feature-x", Optional.empty(), Map.of(ORDERS, append(2)));
    Release trial =
        ((Published) releases.publish(wanted.by("anna").basedOn(production.id()))).release();
    Release promoted =
        ((Published)
                releases.publish(
                    wanted("prod", Optional.of(production.id()), Map.copyOf(trial.entries()))
                        .by("anna")
                        .from(new ReleaseOrigin.Promoted("feature-x", trial.id()))))
            .release();

    assertThat(releases.release(trial.id())).contains(trial);
    assertThat(trial.by()).isEqualTo("anna");
    assertThat(trial.base()).contains(production.id());
    assertThat(releases.current("prod")).contains(promoted);
    assertThat(promoted.origin()).isEqualTo(new ReleaseOrigin.Promoted("feature-x", trial.id()));
  }

  @Test
  void releasesAreFoundAsPeopleNameThem() {
    Instant start = LakeFixture.CLOCK.instant();
    Release first = publishedAt(Optional.empty(), start);
    Release second = publishedAt(Optional.of(first.id()), start.plusMillis(500));
    Release third = publishedAt(Optional.of(second.id()), start.plusSeconds(2));
    publishedIn("other", append(9));

    assertThat(releases.find("prod", "2")).contains(second);
    assertThat(releases.find("prod", second.id())).contains(second);
    assertThat(releases.find("prod", "current")).contains(third);
    assertThat(releases.find("prod", "previous")).contains(second);
    assertThat(releases.find("prod", "4")).isEmpty();
    assertThat(releases.find("nowhere", "current")).isEmpty();
    assertThat(releases.at("prod", start.minusMillis(1))).isEmpty();
    assertThat(releases.at("prod", start)).contains(first);
    assertThat(releases.at("prod", start.plusSeconds(1))).contains(second);
    assertThat(releases.at("prod", start.plusSeconds(3))).contains(third);
  }

  @Test
  void aRollbackGivesReadersBackWhatTheyHadAndPauses() {
    Release first = published("prod", Optional.empty(), Map.of(ORDERS, append(1)));
    Release second = published("prod", Optional.of(first.id()), Map.of(ORDERS, append(2)));
    releases.mirror(second);
    Optional<Snapshot> head = orders.head();
    Instant now = LakeFixture.CLOCK.instant();

    Release back = releases.rollback("prod", "previous", "anna", now);

    assertThat(back.entries()).isEqualTo(first.entries());
    assertThat(back.parent()).contains(second.id());
    assertThat(back.origin()).isEqualTo(new ReleaseOrigin.RolledBack(first.id()));
    assertThat(back.by()).isEqualTo("anna");
    assertThat(releases.current("prod")).contains(back);
    assertThat(orders.head()).isEqualTo(head);
    assertThat(releases.paused("prod"))
        .contains(new Environment.Pause(now, "anna", "rolled back to " + first.id()));
    releases.mirror(back);
    assertThat(mainSnapshot()).isEqualTo(first.entry(ORDERS).orElseThrow().snapshotId());

    releases.resume("prod");
    assertThat(releases.paused("prod")).isEmpty();
  }

  @Test
  void aRollbackToWhatIsNotThereIsAFault() {
    Release first = published("prod", Optional.empty(), Map.of(ORDERS, append(1)));
    ReleaseEntry gone =
        new ReleaseEntry(orders.name(), 42, LakeFixture.SCHEMA, ReleaseEntry.Kind.TABLE);
    published("prod", Optional.of(first.id()), Map.of(ORDERS, gone));

    assertFault(
        () -> releases.rollback("prod", "9", "anna", LakeFixture.CLOCK.instant()),
        LakeCode.NO_SUCH_RELEASE);
    assertFault(
        () -> releases.rollback("prod", "2", "anna", LakeFixture.CLOCK.instant()),
        LakeCode.NO_SUCH_SNAPSHOT);
    assertThat(releases.history("prod")).hasSize(2);
    assertThat(releases.paused("prod")).isEmpty();
  }

  @Test
  void environmentsAreListedExpireAndAreDropped() {
    Release production = publishedIn("prod", append(1));
    Release trial = publishedIn("trial", append(2));
    Instant now = LakeFixture.CLOCK.instant();
    releases.expire("trial", Optional.of(now.plusSeconds(60)));
    releases.pause("trial", new Environment.Pause(now, "anna", "looks odd"));

    assertThat(releases.environments())
        .extracting(Environment::name, Environment::release)
        .containsExactly(
            tuple("prod", Optional.of(production.id())), tuple("trial", Optional.of(trial.id())));
    Environment listed = releases.environment("trial").orElseThrow();
    assertThat(listed.isExpired(now)).isFalse();
    assertThat(listed.isExpired(now.plusSeconds(60))).isTrue();
    assertThat(listed.pause()).isPresent();
    assertThat(listed.publishedAt()).contains(now);

    releases.dropEnvironment("trial");

    assertThat(releases.environments()).extracting(Environment::name).containsExactly("prod");
    assertThat(releases.history("trial")).isEmpty();
    assertThat(lake.warehouse.location().folder().resolve("releases/trial")).isEmptyDirectory();
    assertFault(() -> releases.dropEnvironment("prod"), LakeCode.NO_SUCH_ENVIRONMENT);
    assertFault(() -> releases.dropEnvironment("trial"), LakeCode.NO_SUCH_ENVIRONMENT);
  }

  @Test
  void manifestsOfRunsThatDidNotPublishGoWithTheNextRelease() throws IOException {
    Release first = published("prod", Optional.empty(), Map.of(ORDERS, append(1)));
    Path folder = lake.warehouse.location().folder().resolve("releases/prod");
    Files.writeString(folder.resolve("prod-000002-killed00.json"), "{}");

    Release second = published("prod", Optional.of(first.id()), Map.of(ORDERS, append(2)));

    assertThat(manifests())
        .extracting(file -> file.getFileName().toString())
        .containsExactlyInAnyOrder(first.id() + ".json", second.id() + ".json");
  }

  @Test
  void environmentsHaveNamesThatFoldersMayHave() {
    assertThat(List.of("prod", "feature-x", "a", "x_1")).allMatch(EnvironmentName::isValid);
    assertThat(List.of("", "Prod", "1x", "-x", "a/b", "a.b", "ı", "x".repeat(41)))
        .noneMatch(EnvironmentName::isValid);
  }

  private Release publishedIn(String environment, ReleaseEntry entry) {
    return published(environment, Optional.empty(), Map.of(ORDERS, entry));
  }

  private Release publishedAt(Optional<String> parent, Instant at) {
    Publication publication =
        releases.publish(new NewRelease("prod", parent, Map.of(ORDERS, append(1)), "run", at));
    return ((Published) publication).release();
  }

  private static void assertFault(ThrowingCallable call, LakeCode code) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            KithException.class, fault -> assertThat(fault.code()).isEqualTo(code));
  }

  private ReleaseEntry append(long id) {
    Snapshot snapshot =
        orders.commit(provenance("run")).add(lake.ids(orders, "run", List.of(id))).commit();
    return new ReleaseEntry(
        orders.name(), snapshot.id(), orders.schema(snapshot.id()), ReleaseEntry.Kind.TABLE);
  }

  private static NewRelease wanted(
      String environment, Optional<String> parent, Map<TableName, ReleaseEntry> entries) {
    return new NewRelease(environment, parent, entries, "run", LakeFixture.CLOCK.instant());
  }

  private Release published(
      String environment, Optional<String> parent, Map<TableName, ReleaseEntry> entries) {
    Publication publication = releases.publish(wanted(environment, parent, entries));
    assertThat(publication).isInstanceOf(Published.class);
    return ((Published) publication).release();
  }

  private List<String> tags() {
    orders.refresh();
    return orders.iceberg().refs().entrySet().stream()
        .filter(ref -> ref.getValue().isTag())
        .map(Map.Entry::getKey)
        .toList();
  }

  private long mainSnapshot() {
    orders.refresh();
    return orders.iceberg().currentSnapshot().snapshotId();
  }

  private List<Path> manifests() throws IOException {
    try (Stream<Path> files =
        Files.list(lake.warehouse.location().folder().resolve("releases/prod"))) {
      return files.toList();
    }
  }

  private Map<String, String> names() {
    Map<String, String> names = new TreeMap<>();
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT table_namespace || '.' || table_name, metadata_location"
                    + " FROM iceberg_tables WHERE table_namespace LIKE 'prod%'")) {
      while (rows.next()) {
        names.put(rows.getString(1), rows.getString(2));
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return names;
  }

  private void sql(String sql) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + project.resolve(".kith/kith.db"));
  }
}
