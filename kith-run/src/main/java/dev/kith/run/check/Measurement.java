package dev.kith.run.check;

/**
 * A check on its way: what it wants to know of every row it has asked the {@link TableScan} of its
 * table when it was made; the rest it finds out now.
 */
@FunctionalInterface
interface Measurement {
  Finding take();
}
