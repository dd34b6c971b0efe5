package dev.kith.sources.file;

import dev.kith.model.type.DataType;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The records of a file one after the other, broken ones too.
 *
 * <p>After {@link #next()} was true, either {@link #fault()} says what is wrong with the record, or
 * {@link #cells()} has its values. Faults of the whole file are {@link
 * dev.kith.model.KithException}s that name it.
 */
public interface RecordReader extends AutoCloseable {

  /** Goes to the next record, the first at first; false at the end. */
  boolean next();

  /** Why the record cannot be read, or null. */
  @Nullable String fault();

  /** The columns known so far, in order; later records may add some at the end. */
  List<String> names();

  /**
   * The record's values by the position of their column: text, or the types of JSON (Boolean, Long,
   * BigInteger, BigDecimal, String, {@link dev.kith.sources.value.JsonText}). Overwritten by the
   * next record; may be longer than {@link #names()}.
   */
  @Nullable Object[] cells();

  /** The line that the record begins in, 1-based; of a JSON array, the element's number. */
  long line();

  /** The record as it is written. */
  String raw();

  /** Whether texts may stand for numbers, because the format knows only text. */
  boolean untyped();

  /** Whether numbers with a fraction are exact, and not meant as floating-point numbers. */
  default boolean exact() {
    return false;
  }

  /** The type that a column has by itself, if it has one. */
  default Optional<DataType> type(int column) {
    return Optional.empty();
  }

  @Override
  void close();
}
