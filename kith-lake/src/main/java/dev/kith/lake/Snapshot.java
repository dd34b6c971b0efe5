package dev.kith.lake;

import java.time.Instant;
import java.util.OptionalLong;

/**
 * A physical table after one of its commits; it never changes.
 *
 * @param parent the snapshot before; empty for the first, and where it has expired
 * @param sequenceNumber grows with every commit to the table
 * @param compaction whether the commit only moved rows to other files
 */
public record Snapshot(
    long id,
    OptionalLong parent,
    Instant committedAt,
    long sequenceNumber,
    boolean compaction,
    Provenance provenance,
    SnapshotTotals totals) {}
