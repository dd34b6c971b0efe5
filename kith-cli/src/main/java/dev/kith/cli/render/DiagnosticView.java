package dev.kith.cli.render;

import dev.kith.cli.render.Terminal.Style;
import dev.kith.model.Diagnostic;
import dev.kith.model.SourceSpan;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Diagnostics as text: place, what is wrong, what to do. A person at a terminal also sees the line
 * with a caret below the place.
 */
public final class DiagnosticView {

  private final Terminal terminal;
  private final Path folder;

  /**
   * @param folder to which the diagnostics' files are relative
   */
  public DiagnosticView(Terminal terminal, Path folder) {
    this.terminal = terminal;
    this.folder = folder;
  }

  /** Prints all, and how many of each kind there were. */
  public void print(List<Diagnostic> diagnostics) {
    for (Diagnostic diagnostic : diagnostics) {
      print(diagnostic);
    }
    long errors = diagnostics.stream().filter(Diagnostic::isError).count();
    long warnings = diagnostics.size() - errors;
    if (diagnostics.size() > 1) {
      String summary =
          errors == 0
              ? Text.count(warnings, "warning")
              : Text.count(errors, "error")
                  + (warnings == 0 ? "" : ", " + Text.count(warnings, "warning"));
      terminal.err().println(summary);
    }
    terminal.err().flush();
  }

  private void print(Diagnostic diagnostic) {
    if (!terminal.live()) {
      terminal.err().println(diagnostic);
      return;
    }
    Style style = diagnostic.isError() ? Style.BAD : Style.WARNING;
    String kind = (diagnostic.isError() ? "error" : "warning") + "[" + diagnostic.code().id() + "]";
    terminal
        .err()
        .println(
            terminal.style(Style.HEADING, diagnostic.span().toString())
                + ": "
                + terminal.style(style, kind)
                + ": "
                + diagnostic.message());
    line(diagnostic.span()).ifPresent(line -> snippet(diagnostic.span(), line, style));
    diagnostic
        .help()
        .ifPresent(
            help -> terminal.err().println("  " + terminal.style(Style.GOOD, "help: ") + help));
    terminal.err().println();
  }

  private void snippet(SourceSpan span, String line, Style style) {
    String number = String.valueOf(span.line());
    int before = Math.min(span.column() - 1, line.codePointCount(0, line.length()));
    String left = line.substring(0, line.offsetByCodePoints(0, before)).replace('\t', ' ');
    boolean oneLine = span.endLine() == span.line();
    int carets = oneLine ? Math.max(1, span.endColumn() - span.column()) : 1;
    String bar = terminal.style(Style.QUIET, " │ ");
    terminal
        .err()
        .println("  " + terminal.style(Style.QUIET, number) + bar + line.replace('\t', ' '));
    terminal
        .err()
        .println(
            "  "
                + " ".repeat(number.length())
                + bar
                + " ".repeat(Text.width(left))
                + terminal.style(style, "^".repeat(carets)));
  }

  private Optional<String> line(SourceSpan span) {
    try {
      Path file = folder.resolve(span.file());
      if (!Files.isRegularFile(file)) {
        return Optional.empty();
      }
      String text = Files.readString(file, StandardCharsets.UTF_8);
      return text.lines().skip(span.line() - 1L).findFirst();
    } catch (IOException e) {
      return Optional.empty(); // the diagnostic stands without its snippet
    }
  }
}
