package dev.kith.engine;

import org.jspecify.annotations.Nullable;

/** Takes rows from Java into a temporary table. Closing it makes them readable. */
public interface RowSink extends AutoCloseable {

  /**
   * Adds a row.
   *
   * @param values one per column, of the types that {@link Rows#value} gives; not kept
   */
  void add(@Nullable Object... values);

  @Override
  void close();
}
