package dev.kith.lake;

/** A physical table at one of its snapshots: rows that never change. */
public record TableVersion(PhysicalTable table, long snapshotId) {}
