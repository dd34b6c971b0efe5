package dev.kith.measures;

/** The people whose rows can have changed, as a relation of one column. */
final class Touched {

  static final String RELATION = "kith_touched";

  /** A query for their keys. */
  static final String KEYS = "SELECT " + Frame.KEY + " FROM " + RELATION;

  private Touched() {}

  /** NULL is nobody's key: it is neither touched nor, where the condition is negated, untouched. */
  static String isKey(String key) {
    return key + " IN (" + KEYS + ")";
  }
}
