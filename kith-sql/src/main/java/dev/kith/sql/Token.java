package dev.kith.sql;

/**
 * A piece of SQL that is neither space nor comment.
 *
 * @param start index of its first UTF-16 unit in the text
 * @param end index after its last one
 */
record Token(Kind kind, int start, int end) {

  enum Kind {
    WORD,
    QUOTED_NAME,
    STRING,
    NUMBER,
    /** {@code :name}, {@code $name} or {@code $1}. */
    PARAMETER,
    SYMBOL
  }

  String in(String text) {
    return text.substring(start, end);
  }

  boolean is(String text, String symbol) {
    return end - start == symbol.length()
        && text.regionMatches(true, start, symbol, 0, end - start);
  }
}
