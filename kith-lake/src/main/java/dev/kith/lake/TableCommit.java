package dev.kith.lake;

import dev.kith.model.KithException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Changes to a table that become visible at once, in one snapshot on the head, or not at all.
 * Without any change, the snapshot records the provenance alone.
 *
 * <p>The commit holds only if the head is still what it was when the commit was begun, or the
 * snapshot given to {@link #basedOn}: else it fails with {@link LakeCode#CONFLICT}. Where the
 * database fails so that the outcome is not known, it is {@link LakeCode#COMMIT_UNKNOWN}.
 */
public final class TableCommit {

  private final LakeTable table;
  private final Provenance provenance;
  private final List<WrittenFile> added = new ArrayList<>();
  private final Set<ScanFile> removed = new LinkedHashSet<>();
  private final Map<ScanFile, RowPositions> deletions = new LinkedHashMap<>();
  private Optional<Snapshot> base;

  TableCommit(LakeTable table, Provenance provenance, Optional<Snapshot> base) {
    this.table = table;
    this.provenance = provenance;
    this.base = base;
  }

  /** The snapshot from which the changes were worked out, if that is not the head at the start. */
  public TableCommit basedOn(Snapshot snapshot) {
    base = Optional.of(snapshot);
    return this;
  }

  public TableCommit add(WrittenFile file) {
    added.add(file);
    return this;
  }

  public TableCommit addAll(Collection<WrittenFile> files) {
    added.addAll(files);
    return this;
  }

  /** Removes all rows of a file. */
  public TableCommit remove(ScanFile file) {
    deletions.remove(file);
    removed.add(file);
    return this;
  }

  public TableCommit removeAll(Collection<ScanFile> files) {
    files.forEach(this::remove);
    return this;
  }

  /**
   * Removes the rows at some positions, besides those removed before.
   *
   * @param file of a scan of the snapshot that this commit is based on
   */
  public TableCommit delete(ScanFile file, RowPositions positions) {
    if (positions.isEmpty() || removed.contains(file)) {
      return this;
    }
    RowPositions together = deletions.getOrDefault(file, RowPositions.none()).union(positions);
    if (file.deleted().union(together).count() >= file.rows()) {
      return remove(file);
    }
    deletions.put(file, together);
    return this;
  }

  /** Commits, and gives the snapshot that is now the head. */
  public Snapshot commit() {
    checkSnapshot(removed);
    checkSnapshot(deletions.keySet());
    return table.commit(this);
  }

  /** A file of an older snapshot may have lost rows since; its deletes would be undone. */
  private void checkSnapshot(Collection<ScanFile> files) {
    for (ScanFile file : files) {
      if (base.isEmpty() || base.get().id() != file.snapshotId()) {
        throw KithException.outside(
            LakeCode.CONFLICT,
            table.name().name(),
            "Cannot commit to '"
                + table.name()
                + "': another run changed it since snapshot "
                + file.snapshotId(),
            null);
      }
    }
  }

  Provenance provenance() {
    return provenance;
  }

  Optional<Snapshot> base() {
    return base;
  }

  List<WrittenFile> added() {
    return added;
  }

  Set<ScanFile> removed() {
    return removed;
  }

  Map<ScanFile, RowPositions> deletions() {
    return deletions;
  }
}
