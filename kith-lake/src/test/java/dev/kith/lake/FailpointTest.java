package dev.kith.lake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.model.TableName;
import dev.kith.model.type.Column;
import dev.kith.model.type.DataType.Primitive;
import dev.kith.model.type.TableSchema;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FailpointTest {

  private static final TableName ORDERS = TableName.of("orders");

  @TempDir Path project;

  @Test
  void itEndsTheProcessAtTheTimeAskedFor() throws Exception {
    Process process = Forked.java(List.of("-DKITH_FAILPOINT=TAGS_SET:2"), Passer.class);
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).isEqualTo(137);
    assertThat(output).isEqualTo("once,");
  }

  @Test
  void withoutTheSettingItDoesNothing() throws Exception {
    Process process = Forked.java(List.of(), Passer.class);
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).isZero();
    assertThat(output).isEqualTo("once,twice,");
  }

  /** Killed after one effect on the warehouse after the other, then left alone, all is well. */
  @Test
  void workThatIsKilledAgainAndAgainIsDoneOnce() throws Exception {
    List<Failpoint> inOrderOfTheWork =
        List.of(
            Failpoint.TABLE_CREATED,
            Failpoint.DELETES_WRITTEN,
            Failpoint.COMPACTED,
            Failpoint.SCHEMA_CHANGED,
            Failpoint.MANIFEST_WRITTEN,
            Failpoint.RELEASE_INSERTED,
            Failpoint.TAGS_SET);
    for (Failpoint point : inOrderOfTheWork) {
      assertThat(work("-DKITH_FAILPOINT=" + point)).as("killed at %s", point).isEqualTo(137);
    }
    assertThat(work("-Dkith.test=undisturbed")).isZero();

    try (LakeFixture lake = new LakeFixture(project)) {
      List<Release> releases = lake.warehouse.releases().history(Release.PRODUCTION);
      assertThat(releases).hasSize(1);
      LakeTable orders = lake.warehouse.table(LakeFixture.ORDERS);
      long released = releases.get(0).entry(ORDERS).orElseThrow().snapshotId();
      assertThat(orders.head().orElseThrow().id()).isEqualTo(released);
      assertThat(lake.rows(orders, released).values())
          .containsExactlyInAnyOrder("1:x", "3:x", "4:y");
      assertThat(orders.iceberg().currentSnapshot().snapshotId()).isEqualTo(released);
      assertThat(orders.iceberg().refs()).containsKey("kith-release-" + releases.get(0).id());
      assertThat(orders.schema().names()).containsExactly("id", "at", "note", "paid");
      assertThat(lake.warehouse.runs().recent(1).get(0).status())
          .isEqualTo(RunRecord.Status.SUCCEEDED);
    }
  }

  private int work(String option) throws IOException, InterruptedException {
    Process process = Forked.java(List.of(option), Worker.class, project.toString());
    process.getInputStream().readAllBytes();
    return process.waitFor();
  }

  /** A run in small: each step looks at what is there and does what is missing. */
  static final class Worker {
    private Worker() {}

    public static void main(String... arguments) {
      try (LakeFixture lake = new LakeFixture(Path.of(arguments[0]))) {
        Releases releases = lake.warehouse.releases();
        String run = UUID.randomUUID().toString();
        lake.warehouse.runs().started(LakeFixture.run(run));
        LakeTable orders = lake.orders();
        if (orders.head().isEmpty()) {
          orders
              .commit(LakeFixture.provenance("rows"))
              .add(lake.ids(orders, "x", List.of(1L, 2L, 3L)))
              .commit();
          Failpoint.TABLE_COMMITTED.hit();
        }
        Snapshot head = orders.head().orElseThrow();
        if (head.provenance().run().equals("rows")) {
          TableCommit delete = orders.commit(LakeFixture.provenance("delete"));
          orders
              .scan(head.id())
              .forEach(file -> delete.delete(file, lake.positions(file, List.of(2L))));
          delete.add(lake.ids(orders, "y", List.of(4L))).commit();
        }
        for (CompactionGroup group :
            orders.compactionNeeded(new CompactionPolicy(1 << 20, 2, 0.1))) {
          orders.compact(Map.of(group, List.of(lake.compacted(orders, group))));
        }
        orders.evolve(
            new TableSchema(
                List.of(
                    LakeFixture.SCHEMA.columns().get(0),
                    LakeFixture.SCHEMA.columns().get(1),
                    LakeFixture.SCHEMA.columns().get(2),
                    new Column("paid", Primitive.BOOLEAN))),
            Map.of());
        publish(releases, orders);
        releases.mirror(releases.current(Release.PRODUCTION).orElseThrow());
        lake.warehouse.runs().finished(run, RunEnd.succeeded(Optional.empty()));
      }
    }

    private static void publish(Releases releases, LakeTable orders) {
      long head = orders.head().orElseThrow().id();
      ReleaseEntry entry =
          new ReleaseEntry(orders.name(), head, orders.schema(head), ReleaseEntry.Kind.TABLE);
      Optional<Release> current = releases.current(Release.PRODUCTION);
      if (current.isEmpty()) {
        releases.publish(
            new NewRelease(
                Release.PRODUCTION,
                Optional.empty(),
                Map.of(ORDERS, entry),
                "run",
                LakeFixture.CLOCK.instant()));
      }
    }
  }

  /** Passes failpoints. */
  static final class Passer {
    private Passer() {}

    public static void main(String... arguments) {
      Failpoint.MIRROR_UPDATED.hit();
      Failpoint.TAGS_SET.hit();
      System.out.print("once,");
      System.out.flush();
      Failpoint.TAGS_SET.hit();
      System.out.print("twice,");
    }
  }
}
