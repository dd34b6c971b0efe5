package dev.kith.cli.render;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.kith.cli.render.Terminal.Style;
import dev.kith.model.Severity;
import dev.kith.model.TableName;
import dev.kith.run.CheckReport;
import dev.kith.run.check.CheckFailure;
import dev.kith.run.event.CheckResult;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How the checks of a release came out. */
public final class CheckListing {

  private final Terminal terminal;

  public CheckListing(Terminal terminal) {
    this.terminal = terminal;
  }

  /** For people: a line each, then more of those that failed. */
  public void table(CheckReport report) {
    if (report.results().isEmpty()) {
      terminal.out().println("No table has checks; 'kith checks suggest TABLE' proposes some");
      return;
    }
    TextTable table =
        new TextTable(
            List.of("table", "check", "result", "found"), List.of(false, false, false, false));
    @Nullable TableName told = null;
    for (CheckResult result : report.results()) {
      String name = result.table().equals(told) ? "" : result.table().toString();
      told = result.table();
      table.add(
          List.of(
              name, result.check(), mark(result) + " " + result.status().text(), result.message()));
    }
    table.print(terminal);
    report.results().forEach(this::detail);
    terminal
        .out()
        .println(
            terminal.style(
                Style.QUIET,
                "("
                    + CheckCounts.of(report.results()).text()
                    + "; release "
                    + report.release()
                    + ")"));
    if (report.results().stream().anyMatch(result -> !result.samples().isEmpty())) {
      terminal.out().println("Look at the rows:");
      terminal.out().println("  " + CheckFailure.look(report.run()));
    }
  }

  private void detail(CheckResult result) {
    boolean failed = result.status() == CheckResult.Status.FAILED;
    if (!failed && result.status() != CheckResult.Status.WARNED) {
      return;
    }
    String subject = result.table() + ": " + result.check() + ": ";
    terminal
        .out()
        .println(
            terminal.style(failed ? Style.BAD : Style.WARNING, mark(result) + " ")
                + subject
                + result.message());
    result.description().ifPresent(text -> terminal.out().println("  " + text));
    if (!result.examples().isEmpty()) {
      String such = "  such as (" + String.join(") (", result.examples()) + ")";
      terminal.out().println(terminal.style(Style.QUIET, such));
    }
  }

  private static String mark(CheckResult result) {
    return switch (result.status()) {
      case PASSED -> "✓";
      case FAILED -> "✗";
      case WARNED -> "!";
      case SKIPPED -> "·";
    };
  }

  /** For programs. */
  public void json(CheckReport report) throws IOException {
    try (JsonGenerator json = new JsonFactory().createGenerator(terminal.out())) {
      json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      json.useDefaultPrettyPrinter();
      json.writeStartObject();
      json.writeStringField("run", report.run());
      json.writeStringField("release", report.release());
      json.writeBooleanField("passed", report.passed());
      json.writeArrayFieldStart("checks");
      for (CheckResult result : report.results()) {
        write(json, result);
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    terminal.out().println();
  }

  private static void write(JsonGenerator json, CheckResult result) throws IOException {
    json.writeStartObject();
    json.writeStringField("table", result.table().toString());
    json.writeStringField("check", result.check());
    json.writeStringField("kind", result.kind());
    json.writeStringField("severity", result.severity() == Severity.ERROR ? "error" : "warn");
    json.writeStringField("status", result.status().text());
    optional(json, "observed", result.observed());
    optional(json, "bound", result.bound());
    if (result.failingRows().isPresent()) {
      json.writeNumberField("failing_rows", result.failingRows().getAsLong());
    }
    json.writeStringField("message", result.message());
    json.writeStringField("checked_at", result.checkedAt().toString());
    json.writeEndObject();
  }

  private static void optional(JsonGenerator json, String name, Optional<String> value)
      throws IOException {
    if (value.isPresent()) {
      json.writeStringField(name, value.get());
    }
  }
}
