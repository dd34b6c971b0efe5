package dev.kith.lake;

import static dev.kith.lake.LakeFixture.provenance;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChangesTest {

  private static final CompactionPolicy EAGER = new CompactionPolicy(1 << 20, 2, 0.01);

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
  void aCompactionIsNoChange() {
    long from = append(1, 2, 3);
    append(4);
    delete(2);
    long before = head();
    compact();
    long after = head();

    assertThat(changes(before, after)).isEqualTo(new Changed(Map.of(), Map.of()));
    assertThat(changes(from, after).added().values()).containsExactly("4:x");
    assertThat(changes(from, after).removed().values()).containsExactly("2:x");
  }

  @Test
  void rowIdsOutliveTwoCompactions() {
    append(1, 2, 3);
    append(4, 5);
    Map<Long, String> before = lake.rows(orders, head());
    compact();
    append(6);
    delete(6);
    append(7);
    compact();
    delete(7);

    assertThat(lake.rows(orders, head())).isEqualTo(before);
  }

  @Test
  void fromOneSnapshotToItselfNothingChanges() {
    long only = append(1);

    assertThat(changes(only, only)).isEqualTo(new Changed(Map.of(), Map.of()));
  }

  @Test
  void anExpiredSnapshotHasNoKnownChanges() {
    long from = append(1);
    long to = append(2);
    orders.iceberg().expireSnapshots().expireSnapshotId(from).commit();

    assertThat(unknown(from, to)).isEqualTo(Changes.Reason.EXPIRED);
  }

  @Test
  void aSnapshotThatExpiredInBetweenLeavesNoKnownChanges() {
    long from = append(1);
    long between = append(2);
    long to = append(3);
    orders.iceberg().expireSnapshots().expireSnapshotId(between).commit();

    assertThat(unknown(from, to)).isEqualTo(Changes.Reason.EXPIRED);
  }

  @Test
  void aSnapshotOfAnotherBranchIsNoAncestor() {
    long common = append(1);
    orders.iceberg().manageSnapshots().createBranch("audit", common).commit();
    orders.iceberg().newAppend().toBranch("audit").commit();
    long audit = orders.iceberg().snapshot("audit").snapshotId();
    long to = append(2);

    assertThat(unknown(audit, to)).isEqualTo(Changes.Reason.NOT_AN_ANCESTOR);
    assertThat(unknown(to, common)).isEqualTo(Changes.Reason.NOT_AN_ANCESTOR);
  }

  @Test
  void rowsThatAnotherProgramMovedAreUnknown() {
    long from = append(1);
    long second = append(2);
    WrittenFile rewritten = lake.ids(orders, "x", List.of(1L, 2L));
    var rewrite = orders.iceberg().newRewrite().toBranch("head");
    orders.scan(second).forEach(file -> rewrite.deleteFile(file.dataFile()));
    rewrite
        .addFile(
            new DataFileFactory(orders.iceberg(), new LocalFileIO(project.toString(), project))
                .of(rewritten))
        .commit();

    assertThat(unknown(from, head())).isEqualTo(Changes.Reason.ROW_IDS_LOST);
  }

  /**
   * Random histories of appends, deletes, replaced files and compactions: changes between any two
   * snapshots are those of a model that remembers every row, by row id.
   */
  @Test
  void randomHistoriesAgreeWithAModel() {
    long seed = Long.getLong("kith.seed", new Random().nextLong());
    System.out.println("ChangesTest seed " + seed + " (-Dkith.seed=" + seed + ")");
    Random random = new Random(seed);
    Map<String, Integer> coverage = new TreeMap<>();
    for (int history = 0; history < 6; history++) {
      orders =
          lake.warehouse.create(
              new PhysicalTable("random_" + history), TableLayout.of(LakeFixture.SCHEMA));
      randomHistory(random, coverage);
    }
    assertThat(coverage)
        .allSatisfy((step, count) -> assertThat(count).as(step).isPositive())
        .containsKeys("append", "delete", "replace", "compact", "empty", "came and went");
  }

  private void randomHistory(Random random, Map<String, Integer> coverage) {
    List<Long> snapshots = new ArrayList<>(List.of(append(1, 2, 3, 4, 5)));
    long nextId = 6;
    for (int step = 0; step < 14; step++) {
      int kind = random.nextInt(9);
      if (kind < 3) {
        long count = 1L + random.nextInt(4);
        append(LongStream.range(nextId, nextId + count).toArray());
        nextId += count;
        coverage.merge("append", 1, Integer::sum);
      } else if (kind < 5) {
        deleteSome(random);
        coverage.merge("delete", 1, Integer::sum);
      } else if (kind < 6) {
        replaceAFile(random, nextId++);
        coverage.merge("replace", 1, Integer::sum);
      } else if (kind < 8) {
        if (!compact()) {
          continue;
        }
        coverage.merge("compact", 1, Integer::sum);
      } else {
        orders.commit(provenance("empty")).commit();
        coverage.merge("empty", 1, Integer::sum);
      }
      snapshots.add(head());
    }
    List<Map<Long, String>> states = new ArrayList<>();
    snapshots.forEach(snapshot -> states.add(lake.rows(orders, snapshot)));
    for (int from = 0; from < snapshots.size(); from++) {
      for (int to = from; to < snapshots.size(); to += 1 + random.nextInt(4)) {
        Changed expected = difference(states.get(from), states.get(to));
        assertThat(changes(snapshots.get(from), snapshots.get(to)))
            .as("from snapshot %s to %s of %s", from, to, orders.name())
            .isEqualTo(expected);
        if (cameAndWent(states.subList(from, to + 1))) {
          coverage.merge("came and went", 1, Integer::sum);
        }
      }
    }
  }

  private static boolean cameAndWent(List<Map<Long, String>> states) {
    return states.stream()
        .flatMap(state -> state.keySet().stream())
        .anyMatch(
            id -> !states.get(0).containsKey(id) && !states.get(states.size() - 1).containsKey(id));
  }

  private record Changed(Map<Long, String> added, Map<Long, String> removed) {}

  private static Changed difference(Map<Long, String> from, Map<Long, String> to) {
    Map<Long, String> added = new TreeMap<>(to);
    added.keySet().removeAll(from.keySet());
    Map<Long, String> removed = new TreeMap<>(from);
    removed.keySet().removeAll(to.keySet());
    return new Changed(added, removed);
  }

  private Changed changes(long from, long to) {
    Changes changes = orders.changes(from, to);
    assertThat(changes).isInstanceOf(Changes.Known.class);
    Changes.Known known = (Changes.Known) changes;
    return new Changed(rows(known.added()), rows(known.removed()));
  }

  private Map<Long, String> rows(List<ChangedFile> changes) {
    Map<Long, String> rows = new TreeMap<>();
    for (ChangedFile change : changes) {
      Map<Long, String> some = lake.rows(change);
      assertThat((long) some.size()).isLessThanOrEqualTo(change.rowsAtMost());
      some.forEach((id, row) -> assertThat(rows.put(id, row)).as("row id %s", id).isNull());
    }
    return rows;
  }

  private Changes.Reason unknown(long from, long to) {
    Changes changes = orders.changes(from, to);
    assertThat(changes).isInstanceOf(Changes.Unknown.class);
    return ((Changes.Unknown) changes).reason();
  }

  private long head() {
    return orders.head().orElseThrow().id();
  }

  private long append(long... ids) {
    List<Long> boxed = LongStream.of(ids).boxed().toList();
    return orders.commit(provenance("x")).add(lake.ids(orders, "x", boxed)).commit().id();
  }

  private void delete(long... ids) {
    List<Long> boxed = LongStream.of(ids).boxed().toList();
    TableCommit commit = orders.commit(provenance("delete"));
    orders.scan(head()).forEach(file -> commit.delete(file, lake.positions(file, boxed)));
    commit.commit();
  }

  private void deleteSome(Random random) {
    TableCommit commit = orders.commit(provenance("delete"));
    for (ScanFile file : orders.scan(head())) {
      RowPositions positions = RowPositions.none();
      RowPositions deleted = file.deleted();
      for (long position = 0; position < file.rows(); position++) {
        if (!deleted.contains(position) && random.nextInt(8) == 0) {
          positions.add(position);
        }
      }
      commit.delete(file, positions);
    }
    commit.commit();
  }

  private void replaceAFile(Random random, long newId) {
    List<ScanFile> files = orders.scan(head());
    TableCommit commit = orders.commit(provenance("x"));
    if (!files.isEmpty()) {
      commit.remove(files.get(random.nextInt(files.size())));
    }
    commit.add(lake.ids(orders, "x", List.of(newId))).commit();
  }

  private boolean compact() {
    Map<CompactionGroup, List<WrittenFile>> rewritten = new LinkedHashMap<>();
    for (CompactionGroup group : orders.compactionNeeded(EAGER)) {
      rewritten.put(group, List.of(lake.compacted(orders, group)));
    }
    if (!rewritten.isEmpty()) {
      assertThat(orders.compact(rewritten).compaction()).isTrue();
    }
    return !rewritten.isEmpty();
  }
}
