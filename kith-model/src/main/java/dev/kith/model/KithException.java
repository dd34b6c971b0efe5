package dev.kith.model;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A fault at run time that is not a {@link Diagnostic} of a definition. Made by factories that
 * require a code and a subject, so that none forgets what it is about.
 *
 * <p>Messages follow one grammar, "Cannot do X: value", and never hold secrets or people's data.
 */
public final class KithException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient DiagnosticCode code;
  private final FaultCategory category;
  private final String subject;
  private final @Nullable String help;

  private KithException(
      FaultCategory category,
      DiagnosticCode code,
      String subject,
      String message,
      @Nullable String help,
      @Nullable Throwable cause) {
    super(message, cause);
    this.category = category;
    this.code = code;
    this.subject = subject;
    this.help = help;
  }

  /** A fault in the project or its data. */
  public static KithException project(DiagnosticCode code, String subject, String message) {
    return new KithException(FaultCategory.PROJECT, code, subject, message, null, null);
  }

  /** A command called in a wrong way. */
  public static KithException usage(DiagnosticCode code, String subject, String message) {
    return new KithException(FaultCategory.USAGE, code, subject, message, null, null);
  }

  /** A check that failed. */
  public static KithException check(DiagnosticCode code, String subject, String message) {
    return new KithException(FaultCategory.CHECK, code, subject, message, null, null);
  }

  /** Something outside that failed. */
  public static KithException outside(
      DiagnosticCode code, String subject, String message, @Nullable Throwable cause) {
    return new KithException(FaultCategory.OUTSIDE, code, subject, message, null, cause);
  }

  /** A broken assumption of Kith's own. */
  public static KithException bug(
      DiagnosticCode code, String subject, String message, @Nullable Throwable cause) {
    return new KithException(FaultCategory.BUG, code, subject, message, null, cause);
  }

  /** The same fault with advice on how to mend it. */
  public KithException withHelp(String text) {
    return new KithException(
        category, code, subject, String.valueOf(getMessage()), text, getCause());
  }

  public DiagnosticCode code() {
    return code;
  }

  public FaultCategory category() {
    return category;
  }

  /** What the fault is about: a table, a file, a connection. */
  public String subject() {
    return subject;
  }

  public Optional<String> help() {
    return Optional.ofNullable(help);
  }
}
