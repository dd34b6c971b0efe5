package dev.kith.lake;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What was used of an input, in terms that outlive its snapshots: two uses that are equal are of
 * the same rows in the columns that were used, whatever snapshots they were read from.
 *
 * @param meaning a fingerprint of which columns were used, and how they come from {@code rows}
 * @param rows what these columns were made from in the end: names of sources' relations, or of
 *     tables that count as they are, to the last snapshot in which their rows changed
 */
public record InputUse(String meaning, Map<String, Long> rows) {
  public InputUse {
    rows = Collections.unmodifiableMap(new TreeMap<>(rows));
  }
}
