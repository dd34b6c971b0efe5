package dev.kith.lake;

import static dev.kith.lake.LakeFixture.provenance;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetadataCacheTest {

  @TempDir Path project;

  @Test
  void aVersionIsReadOnce() throws Exception {
    try (LakeFixture lake = new LakeFixture(project)) {
      LakeTable orders = lake.orders();
      Snapshot head =
          orders.commit(provenance("a")).add(lake.ids(orders, "a", List.of(1L))).commit();
      Files.delete(Path.of(orders.metadataLocation()));

      LakeTable again = lake.warehouse.table(LakeFixture.ORDERS);
      assertThat(again.head()).contains(head);
      assertThat(again.scan(head.id())).hasSize(1);
    }
  }

  @Test
  void whatAnotherProcessCommitsIsSeenAndBuiltOn() {
    try (LakeFixture lake = new LakeFixture(project);
        Warehouse other = Warehouse.open(LakeFixture.location(project), LakeFixture.CLOCK)) {
      LakeTable orders = lake.orders();
      orders.commit(provenance("a")).commit();
      LakeTable theirs = other.table(LakeFixture.ORDERS);
      Snapshot second = theirs.commit(provenance("b")).commit();
      assertThat(lake.warehouse.table(LakeFixture.ORDERS).head()).contains(second);

      Snapshot third = orders.commit(provenance("c")).commit();
      assertThat(theirs.history()).extracting(Snapshot::id).startsWith(third.id(), second.id());
    }
  }

  @Test
  void aTableThatWasDroppedIsMissed() {
    try (LakeFixture lake = new LakeFixture(project);
        Warehouse other = Warehouse.open(LakeFixture.location(project), LakeFixture.CLOCK)) {
      lake.orders().commit(provenance("a")).commit();
      LakeTable known = lake.warehouse.table(LakeFixture.ORDERS);
      other.drop(LakeFixture.ORDERS);

      assertThat(lake.warehouse.exists(LakeFixture.ORDERS)).isFalse();
      assertThatThrownBy(known::head).isInstanceOf(NoSuchTableException.class);
    }
  }
}
