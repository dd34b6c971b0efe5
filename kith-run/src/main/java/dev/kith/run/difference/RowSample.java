package dev.kith.run.difference;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A row that is shown; personal values are masked. */
public sealed interface RowSample {

  /** Only the later release has it. */
  record Added(Map<String, @Nullable Object> values) implements RowSample {
    public Added {
      values = copy(values);
    }
  }

  /** Only the earlier release has it. */
  record Removed(Map<String, @Nullable Object> values) implements RowSample {
    public Removed {
      values = copy(values);
    }
  }

  /**
   * Both have it, with other values.
   *
   * @param columns those that differ
   */
  record Changed(
      Map<String, @Nullable Object> before,
      Map<String, @Nullable Object> after,
      Set<String> columns)
      implements RowSample {
    public Changed {
      before = copy(before);
      after = copy(after);
      columns = Set.copyOf(columns);
    }
  }

  private static Map<String, @Nullable Object> copy(Map<String, @Nullable Object> values) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }
}
