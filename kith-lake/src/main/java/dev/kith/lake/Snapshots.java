package dev.kith.lake;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.iceberg.DataOperations;
import org.apache.iceberg.SnapshotSummary;

/** Reads Iceberg's snapshots. */
final class Snapshots {

  private Snapshots() {}

  static Snapshot of(org.apache.iceberg.Snapshot snapshot, Path cursors) {
    Map<String, String> summary = snapshot.summary();
    Long parent = snapshot.parentId();
    return new Snapshot(
        snapshot.snapshotId(),
        parent == null ? OptionalLong.empty() : OptionalLong.of(parent),
        Instant.ofEpochMilli(snapshot.timestampMillis()),
        snapshot.sequenceNumber(),
        isCompaction(snapshot),
        ProvenanceSummary.read(summary, cursors),
        new SnapshotTotals(
            number(summary, SnapshotSummary.TOTAL_RECORDS_PROP)
                - number(summary, SnapshotSummary.TOTAL_POS_DELETES_PROP),
            number(summary, SnapshotSummary.TOTAL_DATA_FILES_PROP),
            number(summary, SnapshotSummary.TOTAL_FILE_SIZE_PROP)));
  }

  static boolean isCompaction(org.apache.iceberg.Snapshot snapshot) {
    return DataOperations.REPLACE.equals(snapshot.operation())
        || "true".equals(snapshot.summary().get(ProvenanceSummary.COMPACTION));
  }

  private static long number(Map<String, String> summary, String property) {
    return Long.parseLong(summary.getOrDefault(property, "0"));
  }
}
