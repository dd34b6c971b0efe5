package dev.kith.lake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.model.TableName;
import dev.kith.model.type.Column;
import dev.kith.model.type.DataType.Primitive;
import dev.kith.model.type.TableSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The warehouse that version 1 of the format wrote is read, and written on, by this version. */
class FixtureWarehouseTest {

  @TempDir Path project;
  private LakeFixture lake;
  private Release release;

  @BeforeEach
  void openCopy() throws IOException {
    copyFixture(project);
    lake = new LakeFixture(project);
    release = lake.warehouse.releases().current(Release.PRODUCTION).orElseThrow();
  }

  static void copyFixture(Path project) throws IOException {
    Path fixture = Path.of("..", "fixtures", "warehouse-v1");
    copy(fixture.resolve("warehouse"), project.resolve(".kith/warehouse"));
    copy(fixture.resolve("kith.db"), project.resolve(".kith/kith.db"));
  }

  @AfterEach
  void close() {
    lake.close();
  }

  @Test
  void theReleaseNamesItsTables() {
    assertThat(release.sequence()).isEqualTo(2);
    assertThat(release.run()).isEqualTo("run-2");
    assertThat(release.entries().keySet())
        .containsExactlyInAnyOrder(
            FixtureWarehouse.ORDERS,
            FixtureWarehouse.LINES,
            FixtureWarehouse.CUSTOMER,
            FixtureWarehouse.CUSTOMERS,
            FixtureWarehouse.CUSTOMERS_HISTORY);
    assertThat(entry(FixtureWarehouse.CUSTOMERS).kind())
        .isEqualTo(ReleaseEntry.Kind.CURRENT_OF_HISTORY);
    assertThat(entry(FixtureWarehouse.ORDERS).schema())
        .isEqualTo(
            TableSchema.of(
                new Column("id", Primitive.BIGINT),
                new Column("at", Primitive.INSTANT),
                new Column("remark", Primitive.TEXT),
                new Column("paid", Primitive.BOOLEAN)));
    assertThat(lake.warehouse.releases().history(Release.PRODUCTION)).hasSize(2);
    assertThat(lake.warehouse.runs().recent(9))
        .extracting(RunRecord::status)
        .containsExactly(RunRecord.Status.SUCCEEDED, RunRecord.Status.SUCCEEDED);
  }

  @Test
  void rowsSnapshotsAndChangesAreThere() {
    ReleaseEntry orders = entry(FixtureWarehouse.ORDERS);
    LakeTable table = lake.warehouse.table(orders.table());
    Snapshot now = table.snapshot(orders.snapshotId());
    long before = firstRelease().entry(FixtureWarehouse.ORDERS).orElseThrow().snapshotId();

    assertThat(now.totals().rows()).isEqualTo(7);
    assertThat(liveRows(table, now.id())).isEqualTo(7);
    assertThat(now.provenance().run()).isEqualTo("run-2");
    assertThat(now.provenance().batch()).contains("batch-1");
    assertThat(now.provenance().cursor()).contains("x".repeat(5000));
    assertThat(table.schema(before)).isEqualTo(LakeFixture.SCHEMA);
    assertThat(lake.rows(table, before))
        .containsValues("1:first", "2:first", "8:second")
        .hasSize(8);
    Changes changes = table.changes(before, now.id());
    assertThat(changes).isInstanceOf(Changes.Known.class);
    Changes.Known known = (Changes.Known) changes;
    assertThat(known.removed().stream().flatMap(c -> lake.rows(c).values().stream()))
        .containsExactlyInAnyOrder("2:first", "8:second", "3:first");
    assertThat(known.added()).hasSize(2);
  }

  @Test
  void partitionsAndNestedTypesAreThere() {
    ReleaseEntry lines = entry(FixtureWarehouse.LINES);
    LakeTable table = lake.warehouse.table(lines.table());
    assertThat(table.layout().partitioning())
        .containsExactly(
            new Partitioning.ByDay("ordered_at"), new Partitioning.Bucket("invoice", 4));
    RangeFilter invoice = new RangeFilter("invoice", Optional.of("INV1"), Optional.of("INV2"));
    assertThat(table.scan(lines.snapshotId(), Optional.of(invoice))).hasSize(1);

    assertThat(entry(FixtureWarehouse.CUSTOMER).schema().sql())
        .isEqualTo(
            "\"customer_id\" VARCHAR, \"spend\" DOUBLE, \"born_on\" DATE, \"orders\" INTEGER,"
                + " \"transactions\" STRUCT(\"invoice\" VARCHAR, \"amount\" DECIMAL(10,2))[],"
                + " \"products\" MAP(VARCHAR, BIGINT)");
  }

  @Test
  void theNextReleaseGoesOnFromIt() {
    LakeTable lines = lake.warehouse.table(entry(FixtureWarehouse.LINES).table());
    Snapshot head = lines.head().orElseThrow();
    Snapshot next =
        lines
            .commit(LakeFixture.provenance("run-3"))
            .removeAll(lines.scan(head.id()).subList(0, 1))
            .commit();
    ReleaseEntry entry =
        new ReleaseEntry(lines.name(), next.id(), lines.schema(next.id()), ReleaseEntry.Kind.TABLE);
    Publication publication =
        lake.warehouse
            .releases()
            .publish(
                new NewRelease(
                    Release.PRODUCTION,
                    Optional.of(release.id()),
                    java.util.Map.of(FixtureWarehouse.LINES, entry),
                    "run-3",
                    LakeFixture.CLOCK.instant()));

    assertThat(publication).isInstanceOf(Publication.Published.class);
    lake.warehouse.releases().mirror(((Publication.Published) publication).release());
    assertThat(liveRows(lines, next.id())).isEqualTo(2);
  }

  private Release firstRelease() {
    List<Release> newestFirst = lake.warehouse.releases().history(Release.PRODUCTION);
    return newestFirst.get(newestFirst.size() - 1);
  }

  private ReleaseEntry entry(TableName name) {
    return release.entry(name).orElseThrow();
  }

  private static long liveRows(LakeTable table, long snapshot) {
    return table.scan(snapshot).stream().mapToLong(ScanFile::liveRows).sum();
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      files.filter(Files::isRegularFile).forEach(file -> copyFile(from, file, to));
    }
  }

  private static void copyFile(Path from, Path file, Path to) {
    try {
      Path target = file.equals(from) ? to : to.resolve(from.relativize(file).toString());
      Files.createDirectories(target.getParent());
      Files.copy(file, target);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
