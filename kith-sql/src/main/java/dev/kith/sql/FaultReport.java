package dev.kith.sql;

import dev.kith.model.Diagnostic;
import dev.kith.model.SourceSpan;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Turns what DuckDB has against a query into a diagnostic of ours. */
final class FaultReport {

  private static final String LACKS = "does not have a column named";
  private static final Pattern QUOTED = Pattern.compile("[\"']([^\"']+)[\"']");

  private final SqlText text;
  private final Places places;
  private final Collection<String> columns;

  /**
   * @param columns the names that may have been meant
   */
  FaultReport(SqlText text, Places places, Collection<String> columns) {
    this.text = text;
    this.places = places;
    this.columns = columns;
  }

  Diagnostic diagnostic(EngineFault fault) {
    SqlCode code = code(fault);
    Diagnostic diagnostic = Diagnostic.error(code, place(fault), message(code, fault));
    return help(code, fault).map(diagnostic::withHelp).orElse(diagnostic);
  }

  private static SqlCode code(EngineFault fault) {
    String message = fault.message();
    if (fault.kind().equalsIgnoreCase("parser")) {
      return SqlCode.SYNTAX;
    }
    if (fault.subtype().equals("COLUMN_NOT_FOUND")
        || message.matches("(?s)Column \".*\" (in .* not found|does not exist).*")
        || message.startsWith("Could not find key")
        || message.contains(LACKS)) {
      return SqlCode.UNKNOWN_COLUMN;
    }
    if (message.startsWith("Referenced table")) {
      return SqlCode.UNKNOWN_TABLE;
    }
    if (fault.subtype().equals("MISSING_ENTRY")) {
      String type = fault.entryType().toLowerCase(Locale.ROOT);
      return type.endsWith("function")
          ? SqlCode.UNKNOWN_FUNCTION
          : type.equals("type") ? SqlCode.UNKNOWN_TYPE : SqlCode.UNKNOWN_TABLE;
    }
    if (fault.subtype().equals("NO_MATCHING_FUNCTION")
        || message.startsWith("Cannot mix values")
        || message.startsWith("Cannot compare values")
        || message.startsWith("Cannot extract field")) {
      return SqlCode.WRONG_TYPES;
    }
    if (message.startsWith("Ambiguous reference")) {
      return SqlCode.AMBIGUOUS;
    }
    return message.contains("must appear in the GROUP BY clause")
        ? SqlCode.NOT_GROUPED
        : SqlCode.INVALID;
  }

  private String message(SqlCode code, EngineFault fault) {
    String name = name(fault);
    return switch (code) {
      case UNKNOWN_COLUMN ->
          fault.message().startsWith("Could not find key")
              ? "field '" + name + "' not found"
              : "column '" + name + "' not found";
      case UNKNOWN_FUNCTION -> "there is no function '" + name + "'";
      case UNKNOWN_TYPE -> "there is no type '" + name + "'";
      case UNKNOWN_TABLE -> "no table or alias '" + name + "' here";
      case NOT_GROUPED ->
          "column '" + firstQuoted(fault).orElse(name) + "' is neither grouped nor aggregated";
      case WRONG_TYPES ->
          fault.subtype().equals("NO_MATCHING_FUNCTION")
              ? "no function takes these types: " + firstQuoted(fault).orElse(name)
              : uncapitalised(fault.firstLine()).replace('"', '\'');
      case AMBIGUOUS ->
          "'" + name + "' could be " + allQuoted(fault).skip(1).collect(Collectors.joining(" or "));
      default -> uncapitalised(fault.firstLine()).replace('"', '\'');
    };
  }

  private Optional<String> help(SqlCode code, EngineFault fault) {
    String name = name(fault);
    return switch (code) {
      case UNKNOWN_COLUMN, UNKNOWN_TABLE, UNKNOWN_FUNCTION, UNKNOWN_TYPE -> {
        List<String> candidates =
            new ArrayList<>(code == SqlCode.UNKNOWN_COLUMN ? columns : List.of());
        fault.candidates().forEach(candidate -> candidates.add(lastPart(candidate)));
        allQuoted(fault).skip(1).forEach(candidates::add);
        yield Suggestions.help(lastPart(name), candidates);
      }
      case WRONG_TYPES ->
          fault.candidates().isEmpty()
              ? Optional.of("cast one of the values")
              : Optional.of("cast the arguments, to fit one of: " + forms(fault.message()));
      case NOT_GROUPED -> Optional.of("add it to GROUP BY, or say which value: max(" + name + ")");
      case AMBIGUOUS -> Optional.of("write the table before it");
      case SYNTAX -> helpWithSyntax(fault);
      default -> Optional.empty();
    };
  }

  private Optional<String> helpWithSyntax(EngineFault fault) {
    if (fault.message().contains("near \":\"")) {
      return Optional.of("the only parameter is :as_of");
    }
    // A likely name for a column, and since DuckDB 2 a reserved word; it stumbles over the next.
    SourceSpan place = place(fault);
    List<Token> tokens = text.tokens();
    for (int i = 0; i < tokens.size(); i++) {
      boolean here = text.span(tokens.get(i)).compareTo(place) == 0;
      if (here
          && Stream.of(i - 1, i).anyMatch(n -> n >= 0 && tokens.get(n).is(text.text(), "at"))) {
        return Optional.of("'at' is a word of SQL; as a name, write \"at\" in double quotes");
      }
    }
    return Optional.empty();
  }

  /** The signatures that the message lists, at most three. */
  private static String forms(String message) {
    return message
        .lines()
        .filter(line -> line.contains("->"))
        .map(line -> line.strip().replace("\"", "").replace(", /)", ")"))
        .limit(3)
        .collect(Collectors.joining("; "));
  }

  /** Without a location, the first word of the query that the message quotes. */
  private SourceSpan place(EngineFault fault) {
    if (fault.location() != Tree.NO_LOCATION) {
      return places.of(fault.location(), fault.length());
    }
    List<String> quoted = allQuoted(fault).toList();
    return text.tokens().stream()
        .filter(token -> quoted.stream().anyMatch(name -> isName(token, name)))
        .findFirst()
        .map(text::span)
        .orElseGet(text::span);
  }

  private boolean isName(Token token, String name) {
    return token.is(text.text(), name) || token.is(text.text(), "\"" + name + "\"");
  }

  private static String uncapitalised(String text) {
    boolean word = text.length() > 1 && Character.isLowerCase(text.charAt(1));
    return word ? text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1) : text;
  }

  /** What the fault is about: of {@code "t" does not have a column named "c"} the second. */
  private static String name(EngineFault fault) {
    List<String> quoted = allQuoted(fault).toList();
    return fault.message().contains(LACKS) && quoted.size() > 1
        ? quoted.get(1)
        : fault.name().or(() -> firstQuoted(fault)).orElse("?");
  }

  private static Optional<String> firstQuoted(EngineFault fault) {
    return allQuoted(fault).findFirst();
  }

  private static Stream<String> allQuoted(EngineFault fault) {
    Matcher matcher = QUOTED.matcher(fault.message());
    return matcher.results().map(result -> result.group(1));
  }

  private static String lastPart(String name) {
    return name.substring(name.lastIndexOf('.') + 1).replace("\"", "").strip();
  }
}
