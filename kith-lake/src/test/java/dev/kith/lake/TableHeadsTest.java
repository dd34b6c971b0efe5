package dev.kith.lake;

import static dev.kith.lake.LakeFixture.provenance;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableHeadsTest {

  @TempDir Path project;

  @Test
  void whatIsRememberedIsWhatTheTablesSay() {
    try (LakeFixture lake = new LakeFixture(project)) {
      FixtureWarehouse.write(lake);
      lake.warehouse.create(new PhysicalTable("empty"), TableLayout.of(LakeFixture.SCHEMA));
      lake.orders()
          .commit(
              new Provenance(
                  "run-7",
                  "definition-7",
                  Map.of("sales.lines", 12L),
                  Optional.of(Instant.parse("2026-02-28T00:00:00Z")),
                  Optional.of("batch-7"),
                  Optional.of("x".repeat(9000))))
          .commit();
      Map<PhysicalTable, TableHead> read = lake.warehouse.heads();
      assertThat(read.keySet()).containsExactlyElementsOf(lake.warehouse.tables());
      read.forEach(
          (name, head) -> {
            LakeTable table = lake.warehouse.table(name);
            assertThat(head.layout()).isEqualTo(table.layout());
            assertThat(head.latest().map(TableHead.Latest::snapshot)).isEqualTo(table.head());
            assertThat(head.latest().map(TableHead.Latest::schema))
                .isEqualTo(table.head().map(snapshot -> table.schema(snapshot.id())));
          });
      lake.warehouse.rememberHeads();
      try (Warehouse other = Warehouse.open(LakeFixture.location(project), LakeFixture.CLOCK)) {
        assertThat(other.heads()).isEqualTo(read);
      }
    }
  }

  @Test
  void tablesThatWereRememberedAreNotOpened() throws Exception {
    try (LakeFixture lake = new LakeFixture(project)) {
      LakeTable orders = lake.orders();
      Snapshot head =
          orders.commit(provenance("a")).add(lake.ids(orders, "a", List.of(1L))).commit();
      lake.warehouse.rememberHeads();
      long commits = orders.history().size();
      deleteMetadata(orders);

      try (Warehouse other = Warehouse.open(LakeFixture.location(project), LakeFixture.CLOCK)) {
        assertThat(snapshot(other, orders.name())).isEqualTo(head);
      }
      assertThat(commits).isEqualTo(1);
    }
  }

  @Test
  void aTableThatHasChangedIsOpened() {
    try (LakeFixture lake = new LakeFixture(project)) {
      LakeTable orders = lake.orders();
      orders.commit(provenance("a")).commit();
      lake.warehouse.rememberHeads();
      Snapshot next = orders.commit(provenance("b")).commit();

      assertThat(snapshot(lake.warehouse, orders.name())).isEqualTo(next);
    }
  }

  @Test
  void theNewestInstantIsRememberedOnceSomebodyHasAsked() throws Exception {
    try (LakeFixture lake = new LakeFixture(project)) {
      LakeTable orders = lake.orders();
      TableVersion first = append(lake, "2026-01-01T05:00:00Z");
      TableVersion second = append(lake, "2026-01-02T05:00:00Z");
      lake.warehouse.rememberHeads();
      assertThat(lake.warehouse.newest(second, "at"))
          .contains(Instant.parse("2026-01-02T05:00:00Z"));
      assertThat(lake.warehouse.newest(first, "at"))
          .contains(Instant.parse("2026-01-01T05:00:00Z"));
      assertThat(lake.warehouse.newest(second, "note")).isEmpty();
      lake.warehouse.rememberHeads();
      deleteMetadata(orders);

      try (Warehouse other = Warehouse.open(LakeFixture.location(project), LakeFixture.CLOCK)) {
        assertThat(other.newest(second, "at")).contains(Instant.parse("2026-01-02T05:00:00Z"));
        assertThat(other.head(orders.name()).flatMap(TableHead::snapshot).map(Snapshot::id))
            .contains(second.snapshotId());
      }
    }
  }

  private static TableVersion append(LakeFixture lake, String at) {
    LakeTable orders = lake.orders();
    WrittenFile file =
        lake.write(orders, "SELECT 1::BIGINT AS id, TIMESTAMPTZ '" + at + "' AS at, 'a' AS note");
    return new TableVersion(orders.name(), orders.commit(provenance("a")).add(file).commit().id());
  }

  static Snapshot snapshot(Warehouse warehouse, PhysicalTable table) {
    TableHead head = requireNonNull(warehouse.heads().get(table));
    return head.latest().orElseThrow().snapshot();
  }

  private static void deleteMetadata(LakeTable table) throws Exception {
    try (var files = Files.list(table.dataFolder().resolveSibling("metadata"))) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
  }
}
