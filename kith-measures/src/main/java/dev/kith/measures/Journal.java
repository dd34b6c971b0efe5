package dev.kith.measures;

import java.util.ArrayList;
import java.util.List;

/**
 * Rows of state about what people's values are, of which there may be more than one for a person
 * and value: at most one that was written when all were, and later ones that go on from it. Those
 * that were written at once are by far the most, and need no grouping: others are joined with them.
 * Of these, rows that few people's updates need can be told apart as distant.
 *
 * @param step whose rows are kept
 */
record Journal(String step) {

  /** One of the parts; never NULL. */
  static final String PART = StateChange.PART;

  private static final String DISTANT = "0";
  private static final String WHOLE = "1";
  private static final String LATER = "2";

  /** Of rows that are written at once. */
  static final String AT_ONCE = WHOLE + " AS " + PART;

  /** Of rows that are added to those. */
  static final String ADDED = LATER + " AS " + PART;

  /**
   * Of rows that are written at once.
   *
   * @param isNear the condition of those that are not distant; FALSE or NULL for others
   */
  static String atOnce(String isNear) {
    return "CASE WHEN %s THEN %s ELSE %s END AS %s".formatted(isNear, WHOLE, DISTANT, PART);
  }

  /** The rows that were written at once, without distant ones. */
  String whole(List<String> columns, String... conditions) {
    return rows(columns, WHOLE, conditions);
  }

  /** The rows that were written at once as distant. */
  String distant(List<String> columns, String... conditions) {
    return rows(columns, DISTANT, conditions);
  }

  /** The rows that were added to those. */
  String later(List<String> columns, String... conditions) {
    return rows(columns, LATER, conditions);
  }

  /** All rows. */
  String all(List<String> columns) {
    return Sql.select(columns, CompiledUpdate.state(step).quoted(), List.of());
  }

  private String rows(List<String> columns, String part, String... conditions) {
    List<String> where = new ArrayList<>(List.of(PART + " = " + part));
    where.addAll(List.of(conditions));
    return Sql.select(columns, CompiledUpdate.state(step).quoted(), where);
  }
}
