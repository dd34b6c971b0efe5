package dev.kith.benchmarks;

import java.util.Locale;
import java.util.stream.DoubleStream;

/** The middle of some figures, and how far they lie apart. */
record Spread(double least, double median, double most) {

  static Spread of(DoubleStream figures) {
    double[] sorted = figures.sorted().toArray();
    if (sorted.length == 0) {
      throw new IllegalArgumentException("Cannot take the median of nothing");
    }
    int middle = sorted.length / 2;
    double median =
        sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    return new Spread(sorted[0], median, sorted[sorted.length - 1]);
  }

  /** {@code 8.50 (8.10-9.90)}, in units of so many. */
  String text(double unit) {
    return String.format(Locale.ROOT, "%.2f (%.2f-%.2f)", median / unit, least / unit, most / unit);
  }
}
