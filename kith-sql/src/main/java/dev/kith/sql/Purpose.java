package dev.kith.sql;

/** What SQL is for, which decides what it may do. */
public enum Purpose {
  /** Part of a project: the same data must give the same rows, and every column has a name. */
  DEFINITION,
  /** Typed by somebody who wants to see rows: it may read the clock. */
  QUESTION
}
