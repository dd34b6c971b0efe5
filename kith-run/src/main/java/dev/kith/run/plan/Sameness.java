package dev.kith.run.plan;

/** How the rows of an input compare with those that a table was made of. */
enum Sameness {
  /** They are the same. */
  ROWS,
  /** They are not, but they are the same in the columns that the table uses. */
  USED_COLUMNS,
  /** They are, or may be, others. */
  NONE
}
