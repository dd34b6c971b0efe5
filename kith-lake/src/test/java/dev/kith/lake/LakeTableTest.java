package dev.kith.lake;

import static dev.kith.lake.LakeFixture.provenance;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kith.model.KithException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LakeTableTest {

  @TempDir Path project;
  private LakeFixture lake;
  private LakeTable orders;

  @BeforeEach
  void open() {
    lake = new LakeFixture(project);
    orders = lake.orders();
  }

  @AfterEach
  void close() {
    lake.close();
  }

  @Test
  void aNewTableHasNoSnapshot() {
    assertThat(orders.head()).isEmpty();
    assertThat(orders.history()).isEmpty();
    assertThat(orders.schema()).isEqualTo(LakeFixture.SCHEMA);
    assertThat(lake.warehouse.tables()).containsExactly(LakeFixture.ORDERS);
  }

  @Test
  void rowsAreAddedToTheHead() {
    Snapshot first = append("a", 1L, 2L, 3L);
    Snapshot second = append("b", 4L);

    assertThat(orders.head()).contains(second);
    assertThat(first.parent()).isEmpty();
    assertThat(second.parent()).isEqualTo(OptionalLong.of(first.id()));
    assertThat(second.totals().rows()).isEqualTo(4);
    assertThat(second.totals().files()).isEqualTo(2);
    assertThat(second.provenance()).isEqualTo(provenance("b"));
    assertThat(orders.history()).containsExactly(second, first);
    assertThat(lake.rows(orders, first.id())).containsValues("1:a", "2:a", "3:a").hasSize(3);
    assertThat(lake.rows(orders, second.id())).containsValue("4:b").hasSize(4);
  }

  @Test
  void deletedPositionsAddUp() {
    append("a", 1L, 2L, 3L, 4L);
    Snapshot once = delete(2L);
    Snapshot twice = delete(4L);

    assertThat(lake.rows(orders, once.id())).containsValues("1:a", "3:a", "4:a").hasSize(3);
    assertThat(lake.rows(orders, twice.id())).containsValues("1:a", "3:a").hasSize(2);
    ScanFile file = orders.scan(twice.id()).get(0);
    assertThat(file.deleted()).isEqualTo(RowPositions.of(1, 3));
    assertThat(file.liveRows()).isEqualTo(2);
    assertThat(twice.totals().rows()).isEqualTo(2);
  }

  @Test
  void theNewestInstantIsKnownWithoutRowsUnlessSomeAreDeleted() {
    Snapshot first = append("a", 1L, 5L);
    Snapshot second = append("b", 2L, 3L);
    Snapshot deleted = delete(5L);
    Snapshot whole = delete(1L);

    assertThat(orders.newest(first.id(), "at")).contains(Instant.parse("2026-01-01T05:00:00Z"));
    assertThat(orders.newest(second.id(), "at")).contains(Instant.parse("2026-01-01T05:00:00Z"));
    assertThat(orders.newest(deleted.id(), "at")).isEmpty();
    assertThat(orders.newest(whole.id(), "at")).contains(Instant.parse("2026-01-01T03:00:00Z"));
    assertThat(orders.newest(first.id(), "note")).isEmpty();
  }

  @Test
  void timesAreKnownAboutEvenWhereRowsAreDeleted() {
    Snapshot first = append("a", 2L, 5L);
    Snapshot second = append("b", 1L);
    Snapshot deleted = delete(5L);

    TimeRange both =
        new TimeRange(Instant.parse("2026-01-01T01:00:00Z"), Instant.parse("2026-01-01T05:00:00Z"));
    assertThat(orders.times(first.id(), "at"))
        .contains(new TimeRange(Instant.parse("2026-01-01T02:00:00Z"), both.last()));
    assertThat(orders.times(second.id(), "AT")).contains(both);
    assertThat(orders.times(deleted.id(), "at")).contains(both);
    assertThat(orders.times(first.id(), "note")).isEmpty();
  }

  @Test
  void aFileWhoseLastRowIsDeletedGoes() {
    append("a", 1L, 2L);
    delete(1L);
    Snapshot gone = delete(2L);

    assertThat(orders.scan(gone.id())).isEmpty();
    assertThat(gone.totals()).isEqualTo(new SnapshotTotals(0, 0, 0));
  }

  @Test
  void filesAreReplacedInOneCommit() {
    Snapshot first = append("a", 1L, 2L);
    Snapshot second =
        orders
            .commit(provenance("b"))
            .removeAll(orders.scan(first.id()))
            .add(lake.ids(orders, "b", List.of(7L)))
            .commit();

    assertThat(lake.rows(orders, second.id()).values()).containsExactly("7:b");
    assertThat(lake.rows(orders, first.id())).hasSize(2);
  }

  @Test
  void anEmptyCommitRecordsACursorAndCarriesTheRest() {
    Provenance first =
        new Provenance(
            "run-1",
            "definition-1",
            Map.of("clicks", 7L),
            Optional.of(Instant.parse("2026-02-01T00:00:00Z")),
            Optional.of("batch-1"),
            Optional.of("cursor-1"));
    orders.commit(first).add(lake.ids(orders, "a", List.of(1L))).commit();

    Provenance only =
        new Provenance(
            "run-2",
            "definition-2",
            Map.of("clicks", 8L),
            Optional.empty(),
            Optional.empty(),
            Optional.of("cursor-2"));
    Snapshot second = orders.commit(only).commit();

    assertThat(second.provenance())
        .isEqualTo(
            new Provenance(
                "run-2",
                "definition-2",
                Map.of("clicks", 8L),
                first.asOf(),
                first.batch(),
                Optional.of("cursor-2")));
    assertThat(second.totals().rows()).isEqualTo(1);
  }

  @Test
  void aLongCursorIsKeptInAFile() {
    String cursor = "ş".repeat(5000);
    Provenance provenance =
        new Provenance(
            "run-1",
            "definition-1",
            Map.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(cursor));
    orders.commit(provenance).commit();
    append("b", 1L);

    assertThat(orders.head().orElseThrow().provenance().cursor()).contains(cursor);
    assertThat(orders.iceberg().snapshot("head").summary().toString()).hasSizeLessThan(2000);
  }

  @Test
  void aCommitFailsWhereTheHeadHasMoved() {
    append("a", 1L);
    TableCommit late = orders.commit(provenance("late"));
    WrittenFile file = lake.ids(orders, "late", List.of(9L));
    LakeTable other = lake.warehouse.table(LakeFixture.ORDERS);
    other.commit(provenance("other")).add(lake.ids(other, "other", List.of(2L))).commit();

    assertThatThrownBy(() -> late.add(file).commit())
        .isInstanceOfSatisfying(
            KithException.class, e -> assertThat(e.code()).isEqualTo(LakeCode.CONFLICT))
        .hasMessageContaining("another run");
    assertThat(lake.rows(orders, orders.head().orElseThrow().id()).values())
        .containsExactly("1:a", "2:other");
  }

  @Test
  void deletesWorkedOutOnAnOlderSnapshotAreAConflict() {
    Snapshot first = append("a", 1L, 2L, 3L);
    ScanFile stale = orders.scan(first.id()).get(0);
    delete(1L);

    assertThatThrownBy(
            () -> orders.commit(provenance("late")).delete(stale, RowPositions.of(1)).commit())
        .isInstanceOfSatisfying(
            KithException.class, e -> assertThat(e.code()).isEqualTo(LakeCode.CONFLICT));
  }

  @Test
  void aFileThatIsNoParquetIsRefused() throws Exception {
    Path file = project.resolve("x.parquet");
    java.nio.file.Files.writeString(file, "this is not a Parquet file");

    assertThatThrownBy(() -> orders.commit(provenance("a")).add(WrittenFile.of(file)).commit())
        .isInstanceOfSatisfying(
            KithException.class, e -> assertThat(e.code()).isEqualTo(LakeCode.UNFIT_FILE));
    assertThat(orders.head()).isEmpty();
  }

  @Test
  void anUnknownSnapshotIsAFault() {
    assertThatThrownBy(() -> orders.scan(42))
        .isInstanceOfSatisfying(
            KithException.class, e -> assertThat(e.code()).isEqualTo(LakeCode.NO_SUCH_SNAPSHOT));
  }

  private Snapshot append(String run, Long... ids) {
    return orders.commit(provenance(run)).add(lake.ids(orders, run, List.of(ids))).commit();
  }

  private Snapshot delete(long id) {
    TableCommit commit = orders.commit(provenance("delete"));
    for (ScanFile file : orders.scan(orders.head().orElseThrow().id())) {
      commit.delete(file, lake.positions(file, List.of(id)));
    }
    return commit.commit();
  }
}
