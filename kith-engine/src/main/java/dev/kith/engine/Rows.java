package dev.kith.engine;

import dev.kith.model.type.TableSchema;
import org.jspecify.annotations.Nullable;

/** The rows of a query, read once and in order. */
public interface Rows extends AutoCloseable {

  TableSchema schema();

  /** Goes to the next row, the first at first; false at the end. */
  boolean next();

  /**
   * A value of the current row, in the Java type of its column: Boolean, Integer, Long, Float,
   * Double, BigDecimal, String, byte[], LocalDate, LocalTime, LocalDateTime, Instant, UUID, List,
   * and Map for both maps and structs (in field order).
   *
   * @param column 0-based
   */
  @Nullable Object value(int column);

  @Override
  void close();
}
