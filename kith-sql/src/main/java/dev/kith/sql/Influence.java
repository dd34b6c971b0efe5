package dev.kith.sql;

/** How a column that a query reads tells on what it gives. */
public enum Influence {
  /** The value is there as it was. */
  IDENTITY,
  /** The value is computed from it. */
  TRANSFORMATION,
  /** The value is computed from those of several rows. */
  AGGREGATION,
  /** It decides which of several values is taken. */
  CONDITIONAL,
  /** It tells a window's rows, or their order. */
  WINDOW,
  /** It decides which rows count. */
  FILTER,
  /** It decides which rows meet. */
  JOIN,
  /** It tells which rows become one. */
  GROUP_BY,
  /** It decides which rows come first. */
  SORT;

  /** Whether values come from its values, and are not only chosen by them. */
  public boolean isDirect() {
    return compareTo(AGGREGATION) <= 0;
  }

  /** What remains of an influence after one more step, which has this one. */
  Influence after(Influence before) {
    if (!isDirect()) {
      return this;
    }
    return before.isDirect() && compareTo(before) > 0 ? this : before;
  }
}
