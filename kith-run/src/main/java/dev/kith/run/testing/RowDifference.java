package dev.kith.run.testing;

import java.util.Set;

/** A row that is not as it was expected. */
public sealed interface RowDifference {

  /** It was expected and is not there. */
  record Missing(TypedRow expected) implements RowDifference {}

  /** It is there and was not expected. */
  record Unexpected(TypedRow actual) implements RowDifference {}

  /**
   * It is there with other values.
   *
   * @param columns those whose values differ
   */
  record Differing(TypedRow expected, TypedRow actual, Set<String> columns)
      implements RowDifference {
    public Differing {
      columns = Set.copyOf(columns);
    }
  }
}
