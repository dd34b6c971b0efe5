package dev.kith.run.change;

/**
 * One thing that a definition says.
 *
 * @param name of the column, option or setting; among the parts of its kind it is there once
 * @param meaning changes when, and only when, what is meant does
 * @param text for people; may have several lines, or be empty
 */
public record Part(Kind kind, String name, String meaning, String text) {

  /** What a part is about. */
  public enum Kind {
    /** The project's zone, the number of the compiler's semantics, which part of the people. */
    SETTING,
    KEY,
    AT,
    MODE,
    /** Who exists. */
    FROM,
    QUERY,
    /** How a source is read. */
    OPTION,
    COLUMN
  }
}
