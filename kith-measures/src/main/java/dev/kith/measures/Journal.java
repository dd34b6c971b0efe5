package dev.kith.measures;

import java.util.ArrayList;
import java.util.List;

/**
 * Rows of state about what people's values are, of which there may be more than one for a person
 * and value: at most one that was written when all were, and later ones that go on from it. Those
 * that were written at once are by far the most, and need no grouping: others are joined with them.
 *
 * @param step whose rows are kept
 */
record Journal(String step) {

  /** Whether a row was added after the rows were last written at once; never NULL. */
  static final String LATER = StateChange.LATER;

  /** Of rows that are written at once. */
  static final String AT_ONCE = "FALSE AS " + LATER;

  /** Of rows that are added to those. */
  static final String ADDED = "TRUE AS " + LATER;

  /** The rows that were written at once. */
  String whole(List<String> columns, String... conditions) {
    return rows(columns, "NOT " + LATER, conditions);
  }

  /** The rows that were added to those. */
  String later(List<String> columns, String... conditions) {
    return rows(columns, LATER, conditions);
  }

  /** All rows. */
  String all(List<String> columns) {
    return Sql.select(columns, CompiledUpdate.state(step).quoted(), List.of());
  }

  private String rows(List<String> columns, String which, String... conditions) {
    List<String> where = new ArrayList<>(List.of(which));
    where.addAll(List.of(conditions));
    return Sql.select(columns, CompiledUpdate.state(step).quoted(), where);
  }
}
