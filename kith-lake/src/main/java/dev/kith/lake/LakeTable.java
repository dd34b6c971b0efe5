package dev.kith.lake;

import dev.kith.model.KithException;
import dev.kith.model.type.TableSchema;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.Table;
import org.apache.iceberg.util.SnapshotUtil;

/**
 * A physical table: an Iceberg table whose newest snapshot is the branch {@code head}. Used by one
 * thread at a time; {@link #head()} and commits see what others have committed since.
 */
public final class LakeTable {

  /** Where commits go; {@code main} is for other readers and follows the release. */
  static final String HEAD = "head";

  private final PhysicalTable name;
  private final Table table;
  private final LocalFileIO files;
  private final TableStates states;

  LakeTable(PhysicalTable name, Table table, LocalFileIO files, TableStates states) {
    this.name = name;
    this.table = table;
    this.files = files;
    this.states = states;
  }

  public PhysicalTable name() {
    return name;
  }

  /** The layout, with the columns of now. */
  public TableLayout layout() {
    return Layouts.read(table);
  }

  /** The columns that the next commit writes. */
  public TableSchema schema() {
    return IcebergTypes.toKith(table.schema());
  }

  /** The columns of a snapshot. */
  public TableSchema schema(long snapshotId) {
    return IcebergTypes.toKith(icebergSchema(snapshotId));
  }

  /** As {@link #schema()}, with the field ids that files must carry. */
  public Schema icebergSchema() {
    return table.schema();
  }

  /** As {@link #schema(long)}, with field ids. */
  public Schema icebergSchema(long snapshotId) {
    return SnapshotUtil.schemaFor(table, known(snapshotId).snapshotId());
  }

  public List<PartitionColumn> partitionColumns() {
    return Layouts.partitionColumns(table);
  }

  /** Where new files of this table belong, in folders as the writer likes; it may not exist. */
  public Path dataFolder() {
    return files.path(table.location() + "/data");
  }

  /** The newest snapshot; none before the first commit. */
  public Optional<Snapshot> head() {
    refresh();
    return loadedHead().map(this::snapshot);
  }

  /** A snapshot of any branch. */
  public Snapshot snapshot(long id) {
    return snapshot(known(id));
  }

  /** The snapshots of the head from the newest on, as far as they are kept. */
  public List<Snapshot> history() {
    refresh();
    List<Snapshot> history = new ArrayList<>();
    loadedHead()
        .ifPresent(
            head ->
                SnapshotUtil.ancestorsOf(head.snapshotId(), table::snapshot)
                    .forEach(ancestor -> history.add(snapshot(ancestor))));
    return history;
  }

  /** All data files of a snapshot. */
  public List<ScanFile> scan(long snapshotId) {
    return scan(snapshotId, Optional.empty());
  }

  /** The data files of a snapshot that may hold rows in the range. */
  public List<ScanFile> scan(long snapshotId, Optional<RangeFilter> range) {
    long known = known(snapshotId).snapshotId();
    return List.copyOf(during("read", () -> state(known, range)).files().values());
  }

  /**
   * The largest value that a column of instants has in a snapshot, without reading any row.
   *
   * @return nothing if there is no row, or metadata alone does not tell
   */
  public Optional<Instant> newest(long snapshotId, String column) {
    long known = known(snapshotId).snapshotId();
    return during("read", () -> new NewestInstant(table, known).of(column));
  }

  /**
   * About between which times a column's values lie in a snapshot, without reading any row: a bound
   * may be that of a row that is deleted, and local times count as if they were UTC's.
   *
   * @return nothing if there is no row, or metadata alone does not tell
   */
  public Optional<TimeRange> times(long snapshotId, String column) {
    long known = known(snapshotId).snapshotId();
    return during("read", () -> new TimesOfFiles(table, known).of(column));
  }

  /** What came and went from one snapshot to a later one. */
  public Changes changes(long from, long to) {
    if (table.snapshot(from) == null || table.snapshot(to) == null) {
      refresh();
    }
    return during(
        "compare snapshots of", () -> new ChangeFinder(table, files, states).between(from, to));
  }

  /** Begins a commit on top of the head. */
  public TableCommit commit(Provenance provenance) {
    return new TableCommit(this, provenance, head());
  }

  /** Groups of files of the head that are worth rewriting. */
  public List<CompactionGroup> compactionNeeded(CompactionPolicy policy) {
    return head().map(head -> CompactionGroup.of(scan(head.id()), policy)).orElse(List.of());
  }

  /**
   * Puts the files that were written for groups in their place. Fails with {@link
   * LakeCode#CONFLICT} if the head has changed since the groups were made.
   */
  public Snapshot compact(Map<CompactionGroup, List<WrittenFile>> rewritten) {
    return during("compact", () -> snapshot(committer().compact(rewritten)));
  }

  /**
   * Whether {@link #evolve} can give the table these columns.
   *
   * @param renamedFrom new name to old name
   */
  public boolean canBecome(TableSchema target, Map<String, String> renamedFrom) {
    return SchemaEvolution.obstacle(table, target, renamedFrom).isEmpty();
  }

  /**
   * Gives the table these columns, in this order, by adding, dropping, renaming and widening;
   * earlier snapshots keep theirs. Does nothing if it has them.
   *
   * @param renamedFrom new name to old name; ignored where the table has the new name already
   */
  public void evolve(TableSchema target, Map<String, String> renamedFrom) {
    refresh();
    if (schema().equals(target)) {
      return;
    }
    during(
        "change the columns of",
        () -> {
          SchemaEvolution.apply(table, target, renamedFrom);
          return true;
        });
    Failpoint.SCHEMA_CHANGED.hit();
  }

  Snapshot commit(TableCommit commit) {
    return during("commit to", () -> snapshot(committer().commit(commit)));
  }

  Table iceberg() {
    return table;
  }

  /** Of all branches, as far as they are kept. */
  Set<Long> snapshotIds() {
    Set<Long> ids = new HashSet<>();
    table.snapshots().forEach(snapshot -> ids.add(snapshot.snapshotId()));
    return ids;
  }

  /** The file that says all of the table as it was when it was read last. */
  String metadataLocation() {
    return ((HasTableOperations) table).operations().current().metadataFileLocation();
  }

  void refresh() {
    during(
        "read",
        () -> {
          table.refresh();
          return true;
        });
  }

  Optional<org.apache.iceberg.Snapshot> loadedHead() {
    SnapshotRef head = table.refs().get(HEAD);
    return head == null ? Optional.empty() : Optional.of(table.snapshot(head.snapshotId()));
  }

  private Committer committer() {
    return new Committer(this, files, cursors());
  }

  private TableState state(long snapshotId, Optional<RangeFilter> range) {
    return range.isEmpty()
        ? states.of(table, snapshotId)
        : TableState.of(table, files, snapshotId, range);
  }

  private Snapshot snapshot(org.apache.iceberg.Snapshot snapshot) {
    return Snapshots.of(snapshot, cursors());
  }

  /** Where cursors are that are too long for a summary. */
  Path cursors() {
    return files.path(table.location() + "/cursors");
  }

  private org.apache.iceberg.Snapshot known(long id) {
    if (table.snapshot(id) == null) {
      refresh();
    }
    org.apache.iceberg.Snapshot snapshot = table.snapshot(id);
    if (snapshot == null) {
      throw noSuchSnapshot(name, id);
    }
    return snapshot;
  }

  static KithException noSuchSnapshot(PhysicalTable table, long id) {
    return KithException.outside(
        LakeCode.NO_SUCH_SNAPSHOT,
        table.name(),
        "Cannot find a snapshot of '" + table + "': " + id,
        null);
  }

  private <T> T during(String action, LakeFaults.Work<T> work) {
    return LakeFaults.during(action, name.name(), work);
  }
}
