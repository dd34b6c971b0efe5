package dev.kith.lake;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.MetadataColumns;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotChanges;
import org.apache.iceberg.Table;

/**
 * Finds the rows that came and went between two snapshots.
 *
 * <p>Without a compaction in between, the two sets of files with their deleted positions say it
 * all. A compaction moves rows to other files, old ones and new ones together, but each row keeps
 * the sequence number of its last update in a column of the file. Rows are never updated in place,
 * so a row was there at {@code from} exactly if that number is not above {@code from}'s. Hence:
 *
 * <ul>
 *   <li>added are the rows of the files that {@code to} has and {@code from} has not; of a
 *       compaction's files only the rows that are newer than {@code from};
 *   <li>removed is what went between two compactions (or an end and a compaction), one such stretch
 *       after the other; of a compaction's files only rows as old as {@code from}, and nothing of
 *       files that came after {@code from}: what came and went in between is no change.
 * </ul>
 */
final class ChangeFinder {

  private final Table table;
  private final LocalFileIO io;
  private final TableStates states;
  private final Set<String> compacted = new HashSet<>();

  ChangeFinder(Table table, LocalFileIO io, TableStates states) {
    this.table = table;
    this.io = io;
    this.states = states;
  }

  Changes between(long from, long to) {
    Snapshot start = table.snapshot(from);
    if (start == null) {
      return new Changes.Unknown(Changes.Reason.EXPIRED, "snapshot " + from + " has expired");
    }
    Deque<Snapshot> chain = new ArrayDeque<>();
    for (long at = to; at != from; ) {
      Snapshot snapshot = table.snapshot(at);
      if (snapshot == null) {
        return new Changes.Unknown(Changes.Reason.EXPIRED, "snapshot " + at + " has expired");
      }
      chain.addFirst(snapshot);
      Long parent = snapshot.parentId();
      if (parent == null || snapshot.sequenceNumber() <= start.sequenceNumber()) {
        return new Changes.Unknown(
            Changes.Reason.NOT_AN_ANCESTOR,
            "snapshot " + from + " is not an ancestor of snapshot " + to);
      }
      at = parent;
    }
    return between(start, chain);
  }

  private Changes between(Snapshot start, Deque<Snapshot> chain) {
    TableState first = state(start.snapshotId());
    TableState segmentStart = first;
    long segmentId = start.snapshotId();
    long previous = segmentId;
    List<ChangedFile> removed = new ArrayList<>();
    for (Snapshot snapshot : chain) {
      if (Snapshots.isCompaction(snapshot)) {
        TableState before = previous == segmentId ? segmentStart : state(previous);
        removed.addAll(removed(segmentStart, before, first, start.sequenceNumber()));
        Optional<String> lost = noteCompaction(snapshot);
        if (lost.isPresent()) {
          return new Changes.Unknown(Changes.Reason.ROW_IDS_LOST, lost.get());
        }
        segmentId = snapshot.snapshotId();
        segmentStart = state(segmentId);
      }
      previous = snapshot.snapshotId();
    }
    TableState last = previous == segmentId ? segmentStart : state(previous);
    removed.addAll(removed(segmentStart, last, first, start.sequenceNumber()));
    return new Changes.Known(added(first, last, start.sequenceNumber()), removed);
  }

  /** Remembers the files a compaction wrote; says what is wrong if rows in them lost identity. */
  private Optional<String> noteCompaction(Snapshot snapshot) {
    SnapshotChanges changes = SnapshotChanges.builderFor(table).snapshot(snapshot).build();
    for (DataFile file : changes.addedDataFiles()) {
      compacted.add(file.location());
      int field = MetadataColumns.LAST_UPDATED_SEQUENCE_NUMBER.fieldId();
      try {
        if (!ParquetFooter.read(io.path(file.location())).hasField(field)) {
          return Optional.of("rows were moved without their ids to " + file.location());
        }
      } catch (IOException e) {
        // The file went with a later compaction; nothing of it can be asked for any more.
        if (java.nio.file.Files.exists(io.path(file.location()))) {
          throw LakeFaults.translate("read", file.location(), e);
        }
      }
    }
    return Optional.empty();
  }

  private List<ChangedFile> added(TableState first, TableState last, long startSequence) {
    List<ChangedFile> added = new ArrayList<>();
    for (Map.Entry<String, ScanFile> entry : last.files().entrySet()) {
      ScanFile file = entry.getValue();
      ScanFile before = first.files().get(entry.getKey());
      if (before == null) {
        ChangedFile all = ChangedFile.all(file);
        added.add(compacted.contains(entry.getKey()) ? all.after(startSequence) : all);
      } else if (before.hasDeletes() && !before.sameRows(file)) {
        RowPositions back = before.deleted().without(file.deleted());
        if (!back.isEmpty()) {
          added.add(ChangedFile.only(file, back));
        }
      }
    }
    return added;
  }

  private List<ChangedFile> removed(
      TableState from, TableState to, TableState first, long startSequence) {
    List<ChangedFile> removed = new ArrayList<>();
    for (Map.Entry<String, ScanFile> entry : from.files().entrySet()) {
      String location = entry.getKey();
      boolean old = first.files().containsKey(location);
      if (old || compacted.contains(location)) {
        removed(entry.getValue(), to.files().get(location))
            .map(change -> old ? change : change.upTo(startSequence))
            .ifPresent(removed::add);
      }
    }
    return removed;
  }

  private static Optional<ChangedFile> removed(
      ScanFile before, @org.jspecify.annotations.Nullable ScanFile after) {
    if (after == null) {
      return before.liveRows() == 0 ? Optional.empty() : Optional.of(ChangedFile.all(before));
    }
    if (before.sameRows(after)) {
      return Optional.empty();
    }
    RowPositions gone = after.deleted().without(before.deleted());
    return gone.isEmpty() ? Optional.empty() : Optional.of(ChangedFile.only(after, gone));
  }

  private TableState state(long snapshotId) {
    return states.of(table, snapshotId);
  }
}
