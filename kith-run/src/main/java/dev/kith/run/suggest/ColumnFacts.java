package dev.kith.run.suggest;

import dev.kith.model.type.Column;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a look at a column shows.
 *
 * @param distinct an estimate
 * @param min NULL where there is no value, or no order
 * @param values all of them where there are few and they are texts, in order
 */
record ColumnFacts(
    Column column,
    long nulls,
    long distinct,
    @Nullable Object min,
    @Nullable Object max,
    List<String> values) {

  ColumnFacts {
    values = List.copyOf(values);
  }

  String name() {
    return column.name();
  }
}
