package dev.kith.sql;

import dev.kith.model.Located;
import dev.kith.model.SourceSpan;
import dev.kith.sql.Token.Kind;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** SQL as it stands in a file of the project, its tokens, and where each of its characters is. */
final class SqlText {

  static final String AS_OF = ":as_of";

  private static final DateTimeFormatter LITERAL =
      DateTimeFormatter.ofPattern("'TIMESTAMPTZ '''uuuu-MM-dd HH:mm:ss.SSSSSS'+00'''", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final String original;
  private final String text;
  private final SourceSpan start;
  private final List<Token> tokens;

  SqlText(Located<String> sql) {
    this.original = sql.value();
    this.start = sql.span();
    this.tokens = Lexer.tokens(original);
    this.text = withPlainSpaces(original, tokens);
  }

  /** As it is in the file. */
  String original() {
    return original;
  }

  /** The same, character by character, but for spaces that are not in ASCII. */
  String text() {
    return text;
  }

  /**
   * DuckDB makes one byte of a space of two or three before it reads, and then counts bytes; so let
   * there be none.
   */
  private static String withPlainSpaces(String original, List<Token> tokens) {
    StringBuilder plain = new StringBuilder(original);
    int end = 0;
    for (Token token : tokens) {
      plainSpaces(plain, end, token.start());
      end = token.end();
    }
    plainSpaces(plain, end, plain.length());
    return plain.toString();
  }

  private static void plainSpaces(StringBuilder text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (text.charAt(i) >= 0x80 && Lexer.isSpace(text.charAt(i))) {
        text.setCharAt(i, ' ');
      }
    }
  }

  List<Token> tokens() {
    return tokens;
  }

  /** The whole, without the space and comments around it. */
  SourceSpan span() {
    int[] range = range();
    return span(range[0], range[1]);
  }

  /** As {@link #span()}, in UTF-16 units. */
  int[] range() {
    return tokens.isEmpty()
        ? new int[] {0, 0}
        : new int[] {tokens.get(0).start(), tokens.get(tokens.size() - 1).end()};
  }

  SourceSpan span(Token token) {
    return span(token.start(), token.end());
  }

  /** The place of the UTF-16 units from {@code from} to {@code to} in the file. */
  SourceSpan span(int from, int to) {
    int[] first = place(from);
    int[] last = place(to);
    return new SourceSpan(start.file(), first[0], first[1], last[0], last[1]);
  }

  Located<String> slice(int from, int to) {
    return new Located<>(text.substring(from, to), span(from, to));
  }

  /**
   * The text from one UTF-16 unit to another, in one line and without comments; longer by what
   * closes or opens the brackets and CASEs in it.
   */
  String whole(int from, int to) {
    int first = 0;
    while (first < tokens.size() && tokens.get(first).end() <= from) {
      first++;
    }
    int last = first;
    while (last < tokens.size() && tokens.get(last).start() < to) {
      last++;
    }
    int opened = 0;
    int missing = 0;
    for (Token token : tokens.subList(first, last)) {
      opened += nesting(token);
      missing = Math.min(missing, opened);
    }
    for (int depth = missing; first > 0 && depth < 0; ) {
      first--;
      depth += nesting(tokens.get(first));
    }
    for (int depth = opened - missing; last < tokens.size() && depth > 0; last++) {
      depth += nesting(tokens.get(last));
    }
    StringBuilder line = new StringBuilder();
    for (int i = first; i < last; i++) {
      boolean apart = i > first && tokens.get(i - 1).end() < tokens.get(i).start();
      line.append(apart ? " " : "").append(tokens.get(i).in(text));
    }
    return line.toString();
  }

  private int nesting(Token token) {
    if (token.is(text, "(")
        || token.is(text, "[")
        || token.is(text, "{")
        || token.is(text, "CASE")) {
      return 1;
    }
    boolean closes =
        token.is(text, ")") || token.is(text, "]") || token.is(text, "}") || token.is(text, "END");
    return closes ? -1 : 0;
  }

  boolean isAsOf(Token token) {
    return token.kind() == Kind.PARAMETER && token.is(text, AS_OF);
  }

  /**
   * The SQL with {@code :as_of} replaced, up to its last token: a closing semicolon, or a comment
   * without a line end, would spoil what a caller puts after it.
   */
  Rendering render(String prefix, String asOf) {
    Rendering rendering = new Rendering(prefix);
    int copied = 0;
    int end = 0;
    for (Token token : tokens) {
      if (token.is(text, ";")) {
        break;
      }
      end = token.end();
      if (isAsOf(token)) {
        rendering.copy(text, copied, token.start());
        rendering.replace(asOf, token.start());
        copied = token.end();
      }
    }
    rendering.copy(text, copied, end);
    return rendering;
  }

  /** Of the same length as the original in UTF-8, so that DuckDB's places hold. */
  String forParser() {
    StringBuilder changed = new StringBuilder(text);
    for (Token token : tokens) {
      if (isAsOf(token)) {
        changed.replace(token.start(), token.end(), "$as_of"); // for the tree it has one spelling
      }
    }
    return changed.toString();
  }

  static String literal(Instant instant) {
    return LITERAL.format(instant);
  }

  /** The index of the character that starts at a UTF-8 byte of the text. */
  static int indexOfByte(String text, long offset) {
    long bytes = 0;
    int index = 0;
    while (index < text.length() && bytes < offset) {
      int codePoint = text.codePointAt(index);
      bytes += codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
      index += Character.charCount(codePoint);
    }
    return index;
  }

  /** Line and column in the file. */
  private int[] place(int index) {
    int line = start.line();
    int lineStart = 0;
    for (int i = text.indexOf('\n'); i >= 0 && i < index; i = text.indexOf('\n', i + 1)) {
      line++;
      lineStart = i + 1;
    }
    int column = text.codePointCount(lineStart, Math.min(index, text.length())) + 1;
    boolean indented = line == start.line() || !start.file().endsWith(".sql");
    // The lines of a YAML block are all indented as its first one; those of a file are not.
    return new int[] {line, indented ? column + start.column() - 1 : column};
  }
}
