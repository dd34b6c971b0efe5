package dev.kith.run.difference;

import dev.kith.lake.Release;
import java.util.List;

/**
 * How two releases differ.
 *
 * @param tables all that were compared, by name
 */
public record ReleaseDifference(Release before, Release after, List<ComparedTable> tables) {

  public ReleaseDifference {
    tables = List.copyOf(tables);
  }

  public boolean isNone() {
    return tables.stream().allMatch(ComparedTable::isSame);
  }
}
