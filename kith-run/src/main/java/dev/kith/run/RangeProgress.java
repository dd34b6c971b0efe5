package dev.kith.run;

import dev.kith.lake.Release;
import dev.kith.model.TableName;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How far a range of days is done.
 *
 * @param done the days whose tables are as they would be built now, and the release of each
 * @param unless sources that make days which are done ones to be built again if they have new rows,
 *     which nobody knows before reading
 */
public record RangeProgress(
    DayRange range, SortedMap<LocalDate, Release> done, SortedSet<TableName> unless) {

  public RangeProgress {
    done = Collections.unmodifiableSortedMap(new TreeMap<>(done));
    unless = Collections.unmodifiableSortedSet(new TreeSet<>(unless));
  }

  /** The days that are still to be built, in order. */
  public List<LocalDate> left() {
    return range.days().stream().filter(day -> !done.containsKey(day)).toList();
  }

  /** The day that a run begins with; where none is left, the last, which readers see already. */
  LocalDate next() {
    return left().stream().findFirst().orElse(range.last());
  }
}
