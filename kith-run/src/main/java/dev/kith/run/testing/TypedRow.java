package dev.kith.run.testing;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Values by column, each in the Java type of {@link dev.kith.engine.Rows#value}. A column that the
 * row does not name has no value, which is not NULL.
 */
public record TypedRow(Map<String, @Nullable Object> values) {

  public TypedRow {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** The columns that it names, as the table spells them. */
  public Set<String> columns() {
    return values.keySet();
  }

  public boolean names(String column) {
    return values.containsKey(column);
  }

  public @Nullable Object value(String column) {
    return values.get(column);
  }
}
