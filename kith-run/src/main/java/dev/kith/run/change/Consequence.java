package dev.kith.run.change;

/** What a change of a definition does: the rows of the table that explains it, least first. */
public enum Consequence {
  NEW_ROWS("new rows only, what was read before stays"),
  COLUMNS("these columns"),
  TABLE("the table, and what uses its changed columns"),
  NEW_TABLE("a new physical table, and what uses its changed columns");

  private final String text;

  Consequence(String text) {
    this.text = text;
  }

  /** For people. */
  public String text() {
    return text;
  }
}
