package dev.kith.engine.duckdb;

import dev.kith.engine.WriteOutcome;
import dev.kith.engine.WriteRequest;
import dev.kith.lake.Failpoint;
import dev.kith.lake.LakeCode;
import dev.kith.lake.LakeTable;
import dev.kith.lake.RowPositions;
import dev.kith.lake.ScanFile;
import dev.kith.lake.Snapshot;
import dev.kith.lake.TableCommit;
import dev.kith.model.KithException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** Files written and rows to be removed, on their way into a commit. */
final class Change {

  private final WriteRequest request;
  private final Optional<ParquetOutput.Written> written;
  private final TableCommit commit;
  private long deletedRows;

  /**
   * @param head the snapshot from which the change was worked out
   */
  Change(
      LakeTable table,
      WriteRequest request,
      Optional<Snapshot> head,
      Optional<ParquetOutput.Written> written) {
    this.request = request;
    this.written = written;
    this.commit = table.commit(request.provenance());
    head.ifPresent(commit::basedOn);
    written.ifPresent(output -> commit.addAll(output.files()));
  }

  Change(
      LakeTable table,
      WriteRequest request,
      Optional<Snapshot> head,
      ParquetOutput.Written written) {
    this(table, request, head, Optional.of(written));
  }

  /** Removes whole files. */
  Change remove(List<ScanFile> files) {
    commit.removeAll(files);
    deletedRows += files.stream().mapToLong(ScanFile::liveRows).sum();
    return this;
  }

  /** Removes single rows. */
  Change delete(Map<ScanFile, RowPositions> rows) {
    rows.forEach(commit::delete);
    deletedRows += rows.values().stream().mapToLong(RowPositions::count).sum();
    return this;
  }

  /** The new rows as a query that reads them from the disk. */
  String scanOfNew(Fields fields, List<String> columns) {
    List<String> paths =
        written.stream()
            .flatMap(output -> output.files().stream())
            .map(file -> file.path().toString())
            .toList();
    if (paths.isEmpty()) {
      return columns.stream()
          .map(column -> "NULL AS " + Sql.identifier(column))
          .collect(Collectors.joining(", ", "SELECT ", " WHERE false"));
    }
    return "SELECT * FROM read_parquet(%s, schema = MAP {%s})"
        .formatted(
            Sql.list(paths),
            columns.stream().map(fields::mapping).collect(Collectors.joining(", ")));
  }

  WriteOutcome commit() {
    return commitAfter(() -> {});
  }

  /**
   * Commits, unless nothing would change; if it fails, the files are removed.
   *
   * @param check throws where the new files must not become part of the table
   */
  WriteOutcome commitAfter(Runnable check) {
    long added = written.map(ParquetOutput.Written::rows).orElse(0L);
    long bytes = written.map(ParquetOutput.Written::bytes).orElse(0L);
    try {
      if (added == 0 && deletedRows == 0 && !request.commitAlways()) {
        written.ifPresent(ParquetOutput.Written::discard);
        return new WriteOutcome(OptionalLong.empty(), 0, 0, 0);
      }
      check.run();
      Failpoint.FILES_WRITTEN.hit();
      Snapshot snapshot = commit.commit();
      return new WriteOutcome(OptionalLong.of(snapshot.id()), added, deletedRows, bytes);
    } catch (KithException e) {
      // Where it is not known what became of the commit, a snapshot may hold the files.
      if (e.code() != LakeCode.COMMIT_UNKNOWN) {
        written.ifPresent(ParquetOutput.Written::discard);
      }
      throw e;
    }
  }
}
