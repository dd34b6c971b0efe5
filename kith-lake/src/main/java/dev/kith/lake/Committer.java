package dev.kith.lake;

import dev.kith.model.KithException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.RewriteFiles;
import org.apache.iceberg.RowDelta;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotAncestryValidator;
import org.apache.iceberg.SnapshotUpdate;
import org.apache.iceberg.Table;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.util.SnapshotUtil;

/** Carries out commits on the head of a table. */
final class Committer {

  private final LakeTable lakeTable;
  private final Table table;
  private final LocalFileIO files;
  private final Path cursors;

  Committer(LakeTable lakeTable, LocalFileIO files, Path cursors) {
    this.lakeTable = lakeTable;
    this.table = lakeTable.iceberg();
    this.files = files;
    this.cursors = cursors;
  }

  Snapshot commit(TableCommit commit) {
    Optional<Snapshot> base = commit.base().map(snapshot -> table.snapshot(snapshot.id()));
    Map<String, String> summary =
        ProvenanceSummary.next(
            base.map(Snapshot::summary).orElse(Map.of()), commit.provenance(), cursors);
    DataFileFactory factory = new DataFileFactory(table, files);
    List<DataFile> added = commit.added().stream().map(factory::of).toList();
    if (commit.removed().isEmpty() && commit.deletions().isEmpty()) {
      AppendFiles append = table.newAppend();
      added.forEach(append::appendFile);
      return commit(append.toBranch(LakeTable.HEAD), base, summary);
    }
    RowDelta delta = table.newRowDelta().toBranch(LakeTable.HEAD).validateDeletedFiles();
    base.ifPresent(snapshot -> delta.validateFromSnapshot(snapshot.snapshotId()));
    added.forEach(delta::addRows);
    for (ScanFile file : commit.removed()) {
      delta.removeRows(file.dataFile());
      file.deleteFile().ifPresent(delta::removeDeletes);
    }
    List<DeleteFile> replaced = new ArrayList<>();
    DeletionVectors.write(table, files, commit.deletions(), replaced).forEach(delta::addDeletes);
    replaced.forEach(delta::removeDeletes);
    Failpoint.DELETES_WRITTEN.hit();
    return commit(delta, base, summary);
  }

  Snapshot compact(Map<CompactionGroup, List<WrittenFile>> rewritten) {
    lakeTable.refresh();
    Snapshot base = lakeTable.loadedHead().orElseThrow(() -> conflict());
    RewriteFiles rewrite = table.newRewrite().validateFromSnapshot(base.snapshotId());
    DataFileFactory factory = new DataFileFactory(table, files);
    rewritten.forEach(
        (group, outputs) -> {
          checkBase(group.files(), base);
          for (ScanFile source : group.files()) {
            rewrite.deleteFile(source.dataFile());
            source.deleteFile().ifPresent(rewrite::deleteFile);
          }
          List<DataFile> added = outputs.stream().map(factory::of).toList();
          checkRows(group, added);
          added.forEach(rewrite::addFile);
        });
    Map<String, String> summary = ProvenanceSummary.carried(base.summary());
    summary.put(ProvenanceSummary.COMPACTION, "true");
    Snapshot done = commit(rewrite.toBranch(LakeTable.HEAD), Optional.of(base), summary);
    Failpoint.COMPACTED.hit();
    return done;
  }

  /** Commits if the head is still the base; finds out what happened if the answer got lost. */
  private Snapshot commit(
      SnapshotUpdate<?> update, Optional<Snapshot> base, Map<String, String> summary) {
    String id = UUID.randomUUID().toString();
    summary.forEach(update::set);
    update.set(ProvenanceSummary.COMMIT, id);
    update.scanManifestsWith(CallerThread.forCommits());
    update.writeManifestsWith(CallerThread.forCommits(), 1);
    update.validateWith(new HeadIs(base.map(Snapshot::snapshotId)));
    try {
      update.commit();
    } catch (RuntimeException e) {
      return afterFailure(id, e);
    }
    return find(id).orElseThrow(() -> conflict());
  }

  private Snapshot afterFailure(String id, RuntimeException failure) {
    Optional<Snapshot> arrived;
    try {
      arrived = find(id);
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
      throw new CommitStateUnknownException(failure);
    }
    return arrived.orElseThrow(() -> failure);
  }

  private Optional<Snapshot> find(String id) {
    table.refresh();
    Optional<Snapshot> head = lakeTable.loadedHead();
    if (head.isEmpty()) {
      return head;
    }
    for (Snapshot snapshot : SnapshotUtil.ancestorsOf(head.get().snapshotId(), table::snapshot)) {
      if (id.equals(snapshot.summary().get(ProvenanceSummary.COMMIT))) {
        return Optional.of(snapshot);
      }
    }
    return Optional.empty();
  }

  private void checkBase(Collection<ScanFile> sources, Snapshot base) {
    if (sources.stream().anyMatch(file -> file.snapshotId() != base.snapshotId())) {
      throw conflict();
    }
  }

  private void checkRows(CompactionGroup group, List<DataFile> added) {
    long before = group.files().stream().mapToLong(ScanFile::liveRows).sum();
    long after = added.stream().mapToLong(DataFile::recordCount).sum();
    if (before != after) {
      throw KithException.bug(
          LakeCode.UNFIT_FILE,
          lakeTable.name().name(),
          "Cannot compact '" + lakeTable.name() + "': " + before + " rows became " + after,
          null);
    }
  }

  private KithException conflict() {
    return KithException.outside(
        LakeCode.CONFLICT,
        lakeTable.name().name(),
        "Cannot commit to '" + lakeTable.name() + "': another run changed it",
        null);
  }

  /** Runs at every attempt, on the newest metadata. */
  private record HeadIs(Optional<Long> expected) implements SnapshotAncestryValidator {
    @Override
    public boolean validate(Iterable<Snapshot> ancestry) {
      Iterator<Snapshot> newestFirst = ancestry.iterator();
      Optional<Long> head =
          newestFirst.hasNext() ? Optional.of(newestFirst.next().snapshotId()) : Optional.empty();
      return head.equals(expected);
    }
  }
}
