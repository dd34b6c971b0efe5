package dev.kith.engine;

import java.util.OptionalLong;

/**
 * What a write did.
 *
 * @param snapshotId of the commit; empty where nothing changed and nothing was committed
 * @param bytesWritten of data files
 */
public record WriteOutcome(
    OptionalLong snapshotId, long rowsAdded, long rowsDeleted, long bytesWritten) {}
