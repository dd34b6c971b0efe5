package dev.kith.sql;

import dev.kith.sql.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Cuts SQL into tokens as DuckDB does, and decides which {@code :name} is a parameter.
 *
 * <p>DuckDB has no {@code :name} parameters, and colons of its own: {@code x::type}, {@code f(a :=
 * 1)}, {@code list[from:to]}, <code>{'key':value}</code> and {@code alias: x}. In the last three a
 * name may follow the colon at once. They have in common that something complete stands before the
 * colon, where a parameter could not be; so a parameter is a {@code :name} that stands where an
 * operand may begin.
 */
final class Lexer {

  /** Words after which an operand begins: all others are names, and complete. */
  private static final Set<String> BEFORE_OPERAND =
      Set.of(
          "ALL",
          "AND",
          "ANY",
          "BETWEEN",
          "BY",
          "CASE",
          "DISTINCT",
          "ELSE",
          "EXCEPT",
          "FROM",
          "GLOB",
          "HAVING",
          "ILIKE",
          "IN",
          "INTERSECT",
          "IS",
          "LIKE",
          "LIMIT",
          "NOT",
          "OFFSET",
          "ON",
          "OR",
          "QUALIFY",
          "RETURNING",
          "ROWS",
          "SELECT",
          "SOME",
          "THEN",
          "TO",
          "UNION",
          "USING",
          "VALUES",
          "WHEN",
          "WHERE",
          "ZONE");

  private static final String ZERO_WIDTH = "\u200b\u200c\u200d\u2060\ufeff";

  private static final List<String> LONG_SYMBOLS = List.of("::", ":=", "->>", "->");

  private final String text;
  private final List<Token> tokens = new ArrayList<>();
  private int at;

  private Lexer(String text) {
    this.text = text;
  }

  static List<Token> tokens(String text) {
    Lexer lexer = new Lexer(text);
    while (lexer.skipSpaceAndComments()) {
      lexer.next();
    }
    return List.copyOf(lexer.tokens);
  }

  private void next() {
    char c = text.charAt(at);
    if (c == '\'') {
      add(Kind.STRING, endOfQuoted(at, '\'', false));
    } else if (c == '"') {
      add(Kind.QUOTED_NAME, endOfQuoted(at, '"', false));
    } else if (c == '$') {
      dollar();
    } else if (isDigit(c) || (c == '.' && isDigit(charAt(at + 1)))) {
      add(Kind.NUMBER, endOfNumber());
    } else if (isNameStart(c)) {
      word();
    } else if (c == ':' && isNameStart(charAt(at + 1)) && operandMayBegin()) {
      add(Kind.PARAMETER, endOfName(at + 1));
    } else {
      add(Kind.SYMBOL, endOfSymbol());
    }
  }

  private int endOfSymbol() {
    for (String symbol : LONG_SYMBOLS) {
      if (text.startsWith(symbol, at)) {
        return at + symbol.length();
      }
    }
    return at + 1;
  }

  private void word() {
    int end = endOfName(at);
    if (charAt(end) == '\'' && end == at + 1 && "eExXbB".indexOf(text.charAt(at)) >= 0) {
      boolean escapes = text.charAt(at) == 'e' || text.charAt(at) == 'E';
      add(Kind.STRING, endOfQuoted(end, '\'', escapes));
    } else {
      add(Kind.WORD, end);
    }
  }

  /** {@code $1}, {@code $name}, or text quoted by {@code $tag$}. */
  private void dollar() {
    int nameEnd = at + 1;
    while (isNamePart(charAt(nameEnd)) && charAt(nameEnd) != '$') {
      nameEnd++;
    }
    if (charAt(nameEnd) == '$') {
      String tag = text.substring(at, nameEnd + 1);
      int close = text.indexOf(tag, nameEnd + 1);
      add(Kind.STRING, close < 0 ? text.length() : close + tag.length());
    } else {
      add(nameEnd == at + 1 ? Kind.SYMBOL : Kind.PARAMETER, nameEnd);
    }
  }

  private void add(Kind kind, int end) {
    tokens.add(new Token(kind, at, end));
    at = end;
  }

  private boolean operandMayBegin() {
    if (tokens.isEmpty()) {
      return true;
    }
    Token last = tokens.get(tokens.size() - 1);
    return switch (last.kind()) {
      case WORD -> BEFORE_OPERAND.contains(last.in(text).toUpperCase(Locale.ROOT));
      case QUOTED_NAME, STRING, NUMBER, PARAMETER -> false;
      case SYMBOL -> !last.is(text, ")") && !last.is(text, "]") && !last.is(text, "}");
    };
  }

  /** Moves to the next token; false at the end of the text. */
  private boolean skipSpaceAndComments() {
    while (at < text.length()) {
      if (isSpace(text.charAt(at))) {
        at++;
      } else if (text.startsWith("--", at)) {
        int newline = text.indexOf('\n', at);
        at = newline < 0 ? text.length() : newline + 1;
      } else if (text.startsWith("/*", at)) {
        at = endOfComment();
      } else {
        return true;
      }
    }
    return false;
  }

  /** Comments nest. */
  private int endOfComment() {
    int depth = 0;
    int index = at;
    while (index < text.length()) {
      if (text.startsWith("/*", index)) {
        depth++;
        index += 2;
      } else if (text.startsWith("*/", index)) {
        depth--;
        index += 2;
        if (depth == 0) {
          return index;
        }
      } else {
        index++;
      }
    }
    return index;
  }

  private int endOfQuoted(int open, char quote, boolean escapes) {
    int index = open + 1;
    while (index < text.length()) {
      char c = text.charAt(index);
      if (escapes && c == '\\') {
        index += 2;
      } else if (c != quote) {
        index++;
      } else if (charAt(index + 1) == quote) {
        index += 2;
      } else {
        return index + 1;
      }
    }
    return text.length();
  }

  private int endOfNumber() {
    int index = at;
    while (isNamePart(charAt(index)) || charAt(index) == '.' || isSignOfExponent(index)) {
      index++;
    }
    return index;
  }

  private boolean isSignOfExponent(int index) {
    char c = charAt(index);
    char before = charAt(index - 1);
    return (c == '+' || c == '-')
        && (before == 'e' || before == 'E')
        && isDigit(charAt(index + 1))
        && !text.startsWith("0x", at);
  }

  private int endOfName(int start) {
    int index = start;
    while (isNamePart(charAt(index))) {
      index++;
    }
    return index;
  }

  private char charAt(int index) {
    return index >= 0 && index < text.length() ? text.charAt(index) : '\0';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /** As in DuckDB, whatever is not ASCII and no space belongs to a name. */
  private static boolean isNameStart(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || c == '_'
        || (c >= 0x80 && !isSpace(c));
  }

  /** Also those of Unicode, and of no width. */
  static boolean isSpace(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || ZERO_WIDTH.indexOf(c) >= 0;
  }

  private static boolean isNamePart(char c) {
    return isNameStart(c) || isDigit(c) || c == '$';
  }
}
