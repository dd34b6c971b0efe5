package dev.kith.project;

import dev.kith.model.TableName;
import dev.kith.model.definition.Window;
import dev.kith.model.definition.Window.Direction;
import dev.kith.model.type.DataType;
import java.nio.charset.Charset;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** What a scalar of a definition may say. */
enum Format {
  /** Free text. */
  TEXT("text", Format.NOT_BLANK),
  /** Text that may be empty, and {@code NULL}, which is text here. */
  LITERAL("a value", null),
  EXPRESSION("an SQL expression", Format.NOT_BLANK),
  NAME("a name (a letter, then letters, digits and _)", "[A-Za-z][A-Za-z0-9_]*"),
  ENVIRONMENT(
      "the name of an environment (a small letter, then small letters, digits, _ and -),"
          + " other than prod",
      "(?!prod$)[a-z][a-z0-9_-]{0,39}"),
  COLUMN("the name of a column", Format.NOT_BLANK),
  TABLE(
      "the name of a table, such as orders or sales.orders",
      "[A-Za-z_][A-Za-z0-9_]*(\\.[A-Za-z_][A-Za-z0-9_]*)?"),
  FEATURE(
      "a column of a profile, such as customer.spend_30d, or customer.* for all",
      "[A-Za-z_][A-Za-z0-9_]*(\\.[A-Za-z_][A-Za-z0-9_]*)?\\.(\\*|[A-Za-z_][A-Za-z0-9_]*)"),
  TYPE("a type, such as varchar or decimal(10,2)", null),
  ZONE("a time zone, such as Europe/London", null),
  WINDOW("a window, such as 30d, 12h, 3mo or ever", "ever|" + Format.DURATION),
  LOOKBACK("a number, or a duration such as 2h", "[0-9]{1,18}|" + Format.DURATION),
  SIZE("a size, such as 4GB or 512MiB", ByteSize.PATTERN),
  LIMIT("a share such as 1%, a number of rows, or unlimited", RejectionLimits.PATTERN),
  SPAN("a length of time, such as 2d, 12h or 1mo", Format.DURATION),
  PAUSE("a length of time, such as 500ms, 2s or 1m", Pauses.PATTERN),
  SHARE("a share, such as 20% or 0.2", Shares.PATTERN),
  ROWS("a number of rows", "[0-9]{1,18}"),
  COUNT("a whole number from 1", "[1-9][0-9]{0,8}"),
  AMOUNT("a whole number from 0", "[0-9]{1,9}"),
  CHARACTER("one character", "[\\s\\S]|\\\\t"),
  MOMENT("a date such as 2026-01-31, or a time such as 2026-01-31 08:30", null),
  VERSION("1", "1"),
  TRUTH("true or false", null),
  PATTERN("a regular expression (RE2: no look-around, no back-references)", null),
  ENCODING("a character encoding, such as UTF-8", null);

  private static final String NOT_BLANK = "[\\s\\S]*\\S[\\s\\S]*";
  private static final String DURATION = "[1-9][0-9]{0,4}(mo|m|h|d|w|y)";

  /** Look-around, atomic groups and back-references, unless the backslash before is escaped. */
  private static final Pattern BACKTRACKING =
      Pattern.compile("(?<!\\\\)(?:\\\\\\\\)*(?:\\(\\?(?:[=!>]|<[=!])|\\\\[1-9k])");

  private final String what;
  private final @Nullable String pattern;

  Format(String what, @Nullable String pattern) {
    this.what = what;
    this.pattern = pattern;
  }

  /** As it follows "must be". */
  String what() {
    return what;
  }

  /** A regular expression over the whole text for the JSON Schema; what it lets pass may fail. */
  Optional<String> pattern() {
    return Optional.ofNullable(pattern);
  }

  boolean accepts(YamlValue.Scalar scalar) {
    String text = scalar.text();
    return switch (this) {
      case LITERAL -> true;
      case TEXT, EXPRESSION, COLUMN -> !text.isBlank();
      case NAME -> isName(text);
      case TABLE -> isTable(text);
      case TYPE -> DataType.parse(text).isPresent();
      case ZONE -> zones().contains(text);
      case SHARE -> Shares.parse(text).isPresent();
      case WINDOW -> Window.parse(text, Direction.BACK).isPresent();
      case SIZE -> ByteSize.parse(text).isPresent();
      case MOMENT -> Moment.parse(text, ZoneOffset.UTC).isPresent();
      case LIMIT -> RejectionLimits.parse(text).isPresent();
      case TRUTH -> scalar.type() == YamlValue.Type.TRUTH;
      case PATTERN -> isPattern(text);
      case ENCODING -> isCharset(text);
      case CHARACTER -> text.equals("\\t") || text.codePointCount(0, text.length()) == 1;
      case FEATURE, ENVIRONMENT, LOOKBACK, SPAN, PAUSE, ROWS, COUNT, AMOUNT, VERSION ->
          pattern != null && text.matches(pattern);
    };
  }

  /** Names to choose a suggestion from. */
  Collection<String> vocabulary() {
    return switch (this) {
      case ZONE -> zones();
      case TYPE ->
          List.of("varchar", "integer", "bigint", "double", "boolean", "date", "timestamptz");
      default -> List.of();
    };
  }

  static boolean isName(String text) {
    return TableName.isIdentifier(text) && !text.startsWith("_");
  }

  private static boolean isTable(String text) {
    String[] parts = text.split("\\.", -1);
    return parts.length <= 2 && List.of(parts).stream().allMatch(TableName::isIdentifier);
  }

  private static Collection<String> zones() {
    return ZoneId.getAvailableZoneIds();
  }

  /** RE2's syntax is Java's with another spelling of names, and without what needs backtracking. */
  private static boolean isPattern(String text) {
    try {
      return !BACKTRACKING.matcher(text).find()
          && Pattern.compile(text.replace("(?P<", "(?<")) != null;
    } catch (PatternSyntaxException e) {
      return false;
    }
  }

  private static boolean isCharset(String text) {
    try {
      return Charset.isSupported(text);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
