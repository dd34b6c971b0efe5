package dev.kith.lake;

/**
 * What a table holds at a snapshot.
 *
 * @param rows that are alive
 * @param files of data
 * @param bytes of data and deletion vectors
 */
public record SnapshotTotals(long rows, long files, long bytes) {}
