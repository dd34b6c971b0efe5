package dev.kith.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kith.model.KithException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompactionTest {

  private static final CompactionPolicy POLICY = new CompactionPolicy(1 << 20, 3, 0.5);

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
  void fewSmallFilesAreLeftAlone() {
    append(1, 2);
    append(3);

    assertThat(orders.compactionNeeded(POLICY)).isEmpty();
  }

  @Test
  void manySmallFilesAreJoined() {
    append(1, 2);
    append(3);
    append(4);

    assertThat(orders.compactionNeeded(POLICY))
        .singleElement()
        .satisfies(group -> assertThat(group.files()).hasSize(3));
  }

  @Test
  void aFileLargerThanAllSmallerOnesWaits() {
    WrittenFile large = lake.ids(orders, "large", LongStream.range(0, 2_000).boxed().toList());
    orders.commit(LakeFixture.provenance("large")).add(large).commit();
    append(2_001);
    append(2_002);
    assertThat(orders.compactionNeeded(POLICY)).isEmpty();

    append(2_003);

    assertThat(orders.compactionNeeded(POLICY))
        .singleElement()
        .satisfies(
            group ->
                assertThat(group.files())
                    .hasSize(3)
                    .noneMatch(file -> file.path().equals(large.path())));
  }

  @Test
  void theLargerFileIsJoinedOnceOthersHaveGrown() {
    append(LongStream.range(0, 2_000).toArray());
    append(LongStream.range(2_000, 3_200).toArray());
    append(LongStream.range(3_200, 4_400).toArray());

    assertThat(orders.compactionNeeded(POLICY))
        .singleElement()
        .satisfies(group -> assertThat(group.files()).hasSize(3));
  }

  @Test
  void groupsKeepToTheTarget() {
    append(1);
    append(2);
    append(3);
    append(4);
    long bytes = orders.scan(head().id()).get(0).sizeBytes();

    assertThat(orders.compactionNeeded(new CompactionPolicy(bytes * 2 + 1, 3, 0.5)))
        .hasSize(2)
        .allSatisfy(group -> assertThat(group.files()).hasSize(2));
  }

  @Test
  void aFileWithManyDeletesIsRewritten() {
    append(1, 2, 3, 4);
    delete(1);
    assertThat(orders.compactionNeeded(POLICY)).isEmpty();
    delete(2);
    List<CompactionGroup> groups = orders.compactionNeeded(POLICY);
    assertThat(groups).hasSize(1);
    Map<Long, String> before = lake.rows(orders, head().id());

    Snapshot after = compact(groups);

    assertThat(lake.rows(orders, after.id())).isEqualTo(before);
    assertThat(orders.scan(after.id()))
        .singleElement()
        .satisfies(file -> assertThat(file.hasDeletes()).isFalse());
    assertThat(after.totals().rows()).isEqualTo(2);
  }

  @Test
  void provenanceIsCarriedOver() {
    Provenance provenance =
        new Provenance(
            "run-1",
            "definition-1",
            Map.of("clicks", 7L),
            Optional.of(LakeFixture.CLOCK.instant()),
            Optional.of("batch-1"),
            Optional.of("cursor-1"));
    append(1);
    append(2);
    orders.commit(provenance).add(lake.ids(orders, "x", List.of(3L))).commit();

    Snapshot compacted = compact(orders.compactionNeeded(POLICY));

    assertThat(compacted.compaction()).isTrue();
    assertThat(compacted.provenance()).isEqualTo(provenance);
    assertThat(append(4).compaction()).isFalse();
  }

  @Test
  void aCompactionThatIsLateIsAConflict() {
    append(1);
    append(2);
    append(3);
    List<CompactionGroup> groups = orders.compactionNeeded(POLICY);
    delete(2);

    assertThatThrownBy(() -> compact(groups))
        .isInstanceOfSatisfying(
            KithException.class, e -> assertThat(e.code()).isEqualTo(LakeCode.CONFLICT));
  }

  @Test
  void aCompactionThatLosesARowIsRefused() {
    append(1);
    append(2);
    append(3);
    CompactionGroup group = orders.compactionNeeded(POLICY).get(0);
    WrittenFile two = lake.ids(orders, "x", List.of(1L, 2L));

    assertThatThrownBy(() -> orders.compact(Map.of(group, List.of(two))))
        .isInstanceOfSatisfying(
            KithException.class, e -> assertThat(e.code()).isEqualTo(LakeCode.UNFIT_FILE))
        .hasMessageContaining("3 rows became 2");
  }

  private Snapshot head() {
    return orders.head().orElseThrow();
  }

  private Snapshot append(long... ids) {
    List<Long> boxed = LongStream.of(ids).boxed().toList();
    return orders.commit(LakeFixture.provenance("x")).add(lake.ids(orders, "x", boxed)).commit();
  }

  private void delete(long id) {
    TableCommit commit = orders.commit(LakeFixture.provenance("delete"));
    for (ScanFile file : orders.scan(head().id())) {
      commit.delete(file, lake.positions(file, List.of(id)));
    }
    commit.commit();
  }

  private Snapshot compact(List<CompactionGroup> groups) {
    Map<CompactionGroup, List<WrittenFile>> rewritten = new java.util.LinkedHashMap<>();
    groups.forEach(group -> rewritten.put(group, List.of(lake.compacted(orders, group))));
    return orders.compact(rewritten);
  }
}
