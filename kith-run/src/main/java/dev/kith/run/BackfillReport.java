package dev.kith.run;

import java.time.Duration;
import java.util.List;

/**
 * How a range of days was built.
 *
 * @param progress when sources had been read, before anything was built
 * @param runs one for each day that was left, in order; where none was, the one that found so
 */
public record BackfillReport(RangeProgress progress, List<RunReport> runs, Duration duration) {
  public BackfillReport {
    runs = List.copyOf(runs);
  }
}
