package dev.kith.sql;

import dev.kith.model.Located;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The parts of {@code name([DISTINCT] argument, ... [ORDER BY ...]) [FILTER (WHERE condition)]}, as
 * written and each with its place. Arguments may be anything between commas, such as {@code 30
 * minutes}; they have still to be parsed.
 *
 * @param name in lower case
 * @param star whether the only argument is {@code *}, which is then not among the arguments
 */
public record FunctionCall(
    Located<String> name,
    boolean distinct,
    boolean star,
    List<Located<String>> arguments,
    Optional<Located<String>> orderBy,
    Optional<Located<String>> filter) {

  public FunctionCall {
    arguments = List.copyOf(arguments);
  }

  /** Nothing if the text is anything but one such call, as with an operator or OVER after it. */
  public static Optional<FunctionCall> read(Located<String> sql) {
    return new Reader(new SqlText(sql)).call();
  }

  private static final class Reader {
    private final SqlText text;
    private final List<Token> tokens;

    Reader(SqlText text) {
      this.text = text;
      this.tokens = text.tokens();
    }

    Optional<FunctionCall> call() {
      if (tokens.size() < 3 || tokens.get(0).kind() != Token.Kind.WORD || !is(1, "(")) {
        return Optional.empty();
      }
      int close = closing(1);
      if (close < 0) {
        return Optional.empty();
      }
      Optional<Located<String>> filter = filter(close + 1);
      if (close + 1 < tokens.size() && filter.isEmpty()) {
        return Optional.empty();
      }
      boolean distinct = is(2, "DISTINCT");
      int from = distinct ? 3 : 2;
      int order = orderBy(from, close);
      boolean star = close - from == 1 && is(from, "*");
      Located<String> name = slice(0, 1);
      return Optional.of(
          new FunctionCall(
              new Located<>(name.value().toLowerCase(Locale.ROOT), name.span()),
              distinct,
              star,
              star ? List.of() : arguments(from, order),
              order == close ? Optional.empty() : Optional.of(slice(order + 2, close)),
              filter));
    }

    /** The condition, if from there on the text is {@code FILTER (WHERE condition)}. */
    private Optional<Located<String>> filter(int start) {
      int last = tokens.size() - 1;
      if (!is(start, "FILTER") || !is(start + 1, "(") || closing(start + 1) != last) {
        return Optional.empty();
      }
      int from = is(start + 2, "WHERE") ? start + 3 : start + 2;
      return from < last ? Optional.of(slice(from, last)) : Optional.empty();
    }

    private List<Located<String>> arguments(int from, int to) {
      List<Located<String>> arguments = new ArrayList<>();
      int start = from;
      for (int i = from; i < to; i = next(i)) {
        if (is(i, ",")) {
          arguments.add(slice(start, i));
          start = i + 1;
        }
      }
      if (start < to) {
        arguments.add(slice(start, to));
      }
      return arguments;
    }

    /** The index of ORDER, or {@code to}. */
    private int orderBy(int from, int to) {
      for (int i = from; i < to; i = next(i)) {
        if (is(i, "ORDER") && is(i + 1, "BY")) {
          return i;
        }
      }
      return to;
    }

    /** The next token that is not in brackets. */
    private int next(int index) {
      int close = isOpen(index) ? closing(index) : index;
      return close < 0 ? tokens.size() : close + 1;
    }

    private int closing(int open) {
      int depth = 0;
      for (int i = open; i < tokens.size(); i++) {
        if (isOpen(i)) {
          depth++;
        } else if (is(i, ")") || is(i, "]") || is(i, "}")) {
          depth--;
        }
        if (depth == 0) {
          return i;
        }
      }
      return -1;
    }

    private boolean isOpen(int index) {
      return is(index, "(") || is(index, "[") || is(index, "{");
    }

    private boolean is(int index, String symbol) {
      return index < tokens.size() && tokens.get(index).is(text.text(), symbol);
    }

    /** From one token up to another, without space and comments around; empty if there is none. */
    private Located<String> slice(int from, int to) {
      int start = tokens.get(from).start();
      return text.slice(start, to > from ? tokens.get(to - 1).end() : start);
    }
  }
}
