package dev.kith.benchmarks;

/**
 * One measured process.
 *
 * @param wallSeconds from before it was started until it had ended
 * @param otherCores how many processors everything else on the machine kept busy meanwhile
 */
record Trial(double wallSeconds, Usage usage, double otherCores) {}
