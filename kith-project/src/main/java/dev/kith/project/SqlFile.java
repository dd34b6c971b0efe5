package dev.kith.project;

import dev.kith.model.Diagnostic;
import dev.kith.model.Located;
import dev.kith.model.Problems;
import dev.kith.model.SourceSpan;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The two parts of a file in {@code tables/}.
 *
 * @param settings the YAML of the leading comment, with spaces in place of all that stands before
 *     it, so that places in it are places in the file
 * @param sql the query, from its first character to its last
 */
record SqlFile(Optional<String> settings, Located<String> sql) {

  private static final Pattern OPENING = Pattern.compile("/\\*\\s*kith\\s*:");

  /** Nothing, and a report, if there is no query or the comment does not end. */
  static Optional<SqlFile> read(ProjectFile file, Problems problems) {
    String text = file.text();
    Matcher opening = OPENING.matcher(text);
    boolean hasSettings = opening.region(afterLeading(text, false), text.length()).lookingAt();
    int from = hasSettings ? opening.end() : 0;
    int close = hasSettings ? text.indexOf("*/", from) : -2;
    if (close == -1) {
      problems.add(
          Diagnostic.error(
              ProjectCode.NO_QUERY,
              place(file.path(), text, opening.start()),
              "the comment with the settings does not end",
              "end it with '*/'"));
      return Optional.empty();
    }
    Matcher later = OPENING.matcher(text);
    if (!hasSettings && later.find()) {
      problems.add(
          Diagnostic.error(
              ProjectCode.CONFLICTING_KEYS,
              place(file.path(), text, later.start()),
              "the comment with the settings is not the first thing in the file",
              "move it to the top"));
    }
    int start = close + 2;
    String query = text.substring(start).strip();
    if (afterLeading(query, true) == query.length()) {
      problems.add(
          Diagnostic.error(
              ProjectCode.NO_QUERY,
              file.start(),
              "the table has no query",
              "write a SELECT below the settings"));
      return Optional.empty();
    }
    SourceSpan span = place(file.path(), text, text.indexOf(query, start));
    Optional<String> settings =
        hasSettings
            ? Optional.of(blank(text.substring(0, from)) + text.substring(from, close))
            : Optional.empty();
    return Optional.of(new SqlFile(settings, new Located<>(query, span)));
  }

  /**
   * Where the first thing stands that is neither space nor a line comment, nor, if these are
   * skipped too, a block comment or a semicolon.
   */
  private static int afterLeading(String text, boolean all) {
    int at = 0;
    while (at < text.length()) {
      int end = at;
      if (text.startsWith("--", at)) {
        end = text.indexOf('\n', at);
      } else if (all && text.startsWith("/*", at)) {
        int close = text.indexOf("*/", at + 2);
        end = close < 0 ? -1 : close + 2;
      } else if (Character.isWhitespace(text.charAt(at)) || (all && text.charAt(at) == ';')) {
        end = at + 1;
      }
      if (end == at) {
        return at;
      }
      at = end < 0 ? text.length() : end;
    }
    return at;
  }

  /** As many code points on as many lines, all of them spaces. */
  private static String blank(String text) {
    StringBuilder blank = new StringBuilder();
    text.codePoints().forEach(c -> blank.append(c == '\n' || c == '\r' ? (char) c : ' '));
    return blank.toString();
  }

  private static SourceSpan place(String path, String text, int offset) {
    int lastBreak = text.lastIndexOf('\n', offset - 1);
    int line = (int) text.substring(0, offset).chars().filter(c -> c == '\n').count() + 1;
    return SourceSpan.at(path, line, text.codePointCount(lastBreak + 1, offset) + 1);
  }
}
