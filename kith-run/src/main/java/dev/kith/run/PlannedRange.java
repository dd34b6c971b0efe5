package dev.kith.run;

/**
 * What a run of a range of days would do.
 *
 * @param next the run of the first day that is left
 */
public record PlannedRange(RangeProgress progress, PlannedRun next) {}
