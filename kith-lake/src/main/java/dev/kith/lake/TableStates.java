package dev.kith.lake;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.iceberg.Table;

/**
 * The states of snapshots that were asked for last. A snapshot never changes, and a run asks for
 * the same one again and again: to plan, to read it, and to tell what came since.
 */
final class TableStates {

  /** The data files of all states that are remembered; a file takes about a kilobyte. */
  private static final int MOST_FILES = 20_000;

  private record Key(UUID table, long snapshotId) {}

  private final LocalFileIO io;
  private final Map<Key, TableState> remembered = new LinkedHashMap<>(16, 0.75f, true);
  private int files;

  TableStates(LocalFileIO io) {
    this.io = io;
  }

  /** All data files of a snapshot. */
  synchronized TableState of(Table table, long snapshotId) {
    Key key = new Key(table.uuid(), snapshotId);
    TableState known = remembered.get(key);
    if (known != null) {
      return known;
    }
    TableState state = TableState.of(table, io, snapshotId, Optional.empty());
    remembered.put(key, state);
    files += state.files().size();
    forgetOldest();
    return state;
  }

  private void forgetOldest() {
    Iterator<TableState> oldestFirst = remembered.values().iterator();
    while (files > MOST_FILES && oldestFirst.hasNext()) {
      files -= oldestFirst.next().files().size();
      oldestFirst.remove();
    }
  }
}
