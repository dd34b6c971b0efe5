package dev.kith.model;

/**
 * A place in a file of the project.
 *
 * @param file path relative to the project folder, with forward slashes
 * @param line 1-based
 * @param column 1-based, counted in Unicode code points
 * @param endLine 1-based line of the character after the last one
 * @param endColumn 1-based column of the character after the last one
 */
public record SourceSpan(String file, int line, int column, int endLine, int endColumn)
    implements Comparable<SourceSpan> {

  public SourceSpan {
    if (line < 1 || column < 1) {
      throw new IllegalArgumentException(
          "Cannot make a span: %s:%d:%d".formatted(file, line, column));
    }
  }

  /** A place without an extent. */
  public static SourceSpan at(String file, int line, int column) {
    return new SourceSpan(file, line, column, line, column);
  }

  /** The first character of a file. */
  public static SourceSpan startOf(String file) {
    return at(file, 1, 1);
  }

  @Override
  public int compareTo(SourceSpan other) {
    int byFile = file.compareTo(other.file);
    if (byFile != 0) {
      return byFile;
    }
    return line != other.line ? Integer.compare(line, other.line) : column - other.column;
  }

  /** {@code file:line:column}, as editors understand it. */
  @Override
  public String toString() {
    return file + ":" + line + ":" + column;
  }
}
