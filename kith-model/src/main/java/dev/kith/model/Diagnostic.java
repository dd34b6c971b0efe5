package dev.kith.model;

import java.util.Optional;

/**
 * A fault of the user's, as a value: what, where, and how to mend it.
 *
 * @param message one sentence without a final stop; names in single quotes
 * @param help what to do, as one sentence, or nothing
 */
public record Diagnostic(
    DiagnosticCode code,
    Severity severity,
    SourceSpan span,
    String message,
    Optional<String> help) {

  public static Diagnostic error(DiagnosticCode code, SourceSpan span, String message) {
    return new Diagnostic(code, Severity.ERROR, span, message, Optional.empty());
  }

  public static Diagnostic error(
      DiagnosticCode code, SourceSpan span, String message, String help) {
    return new Diagnostic(code, Severity.ERROR, span, message, Optional.of(help));
  }

  public static Diagnostic warning(DiagnosticCode code, SourceSpan span, String message) {
    return new Diagnostic(code, Severity.WARNING, span, message, Optional.empty());
  }

  /** The same with another help. */
  public Diagnostic withHelp(String text) {
    return new Diagnostic(code, severity, span, message, Optional.of(text));
  }

  public boolean isError() {
    return severity == Severity.ERROR;
  }

  /** {@code file:line:column: error[M003]: message}, and the help on a second line. */
  @Override
  public String toString() {
    String kind = severity == Severity.ERROR ? "error" : "warning";
    String first = span + ": " + kind + "[" + code.id() + "]: " + message;
    return help.map(text -> first + "\n  help: " + text).orElse(first);
  }
}
