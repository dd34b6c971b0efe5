package dev.kith.run.difference;

import dev.kith.model.type.Column;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The rows of a table in two releases. */
public sealed interface ComparedRows {

  /** Both releases have the same rows, which is known without reading them. */
  record SameSnapshot(long rows) implements ComparedRows {}

  /** Only one of the releases has the table. */
  record OneSided(long rows) implements ComparedRows {}

  /**
   * They were compared in the columns that both releases have, with the same type.
   *
   * @param key by which a row of one release is found in the other; if empty, rows are the same
   *     only if all their values are, and none counts as changed
   * @param before how many rows there were
   * @param after how many there are
   * @param changed rows with the same key and another value
   * @param columns that were compared, the key's first
   * @param changedIn in how many of the changed rows a column differs, for columns that do
   * @param samples some rows of each kind
   */
  record Counted(
      List<String> key,
      long before,
      long after,
      long added,
      long removed,
      long changed,
      List<Column> columns,
      Map<String, Long> changedIn,
      List<RowSample> samples)
      implements ComparedRows {

    public Counted {
      key = List.copyOf(key);
      columns = List.copyOf(columns);
      changedIn = Collections.unmodifiableMap(new LinkedHashMap<>(changedIn));
      samples = List.copyOf(samples);
    }

    public boolean isSame() {
      return added == 0 && removed == 0 && changed == 0;
    }
  }
}
