package dev.kith.lake;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.Table;
import org.apache.iceberg.util.SnapshotUtil;

/**
 * Which snapshots of a physical table something still needs.
 *
 * @param released what kept releases hold
 * @param all that must stay, those included
 */
record KeptSnapshots(Set<Long> released, Set<Long> all) {

  /**
   * @param released snapshots that kept releases hold, of any table
   * @param inputs snapshots from which heads of kept tables were built, of any table: what came
   *     since must be found, for which every snapshot from there to the head is needed
   */
  static KeptSnapshots of(Table table, Set<Long> released, Set<Long> inputs) {
    Set<Long> own = new HashSet<>();
    Set<Long> all = new HashSet<>();
    for (Snapshot snapshot : table.snapshots()) {
      if (released.contains(snapshot.snapshotId())) {
        own.add(snapshot.snapshotId());
      }
    }
    all.addAll(own);
    for (Map.Entry<String, SnapshotRef> ref : table.refs().entrySet()) {
      if (!isReleaseTag(ref)) {
        all.add(ref.getValue().snapshotId());
      }
    }
    addUpToHead(table, inputs, all);
    return new KeptSnapshots(own, all);
  }

  private static void addUpToHead(Table table, Set<Long> inputs, Set<Long> all) {
    SnapshotRef head = table.refs().get(LakeTable.HEAD);
    if (head == null) {
      return;
    }
    Set<Long> passed = new HashSet<>();
    for (Snapshot ancestor : SnapshotUtil.ancestorsOf(head.snapshotId(), table::snapshot)) {
      passed.add(ancestor.snapshotId());
      if (inputs.contains(ancestor.snapshotId())) {
        all.addAll(passed);
      }
    }
  }

  /** Whether a tag only says that some release, kept or not, once held its snapshot. */
  static boolean isReleaseTag(Map.Entry<String, SnapshotRef> ref) {
    return ref.getValue().isTag() && ref.getKey().startsWith(ReleaseMirror.TAG);
  }
}
