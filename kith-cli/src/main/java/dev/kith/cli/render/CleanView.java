package dev.kith.cli.render;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.kith.cli.render.Terminal.Style;
import dev.kith.lake.CleanReport;
import dev.kith.lake.CleanReport.TablePart;
import dev.kith.lake.PhysicalTable;
import dev.kith.run.CleaningReport;
import dev.kith.run.check.ForgottenChecks;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** What cleaning has freed, or would free. */
public final class CleanView {

  private final Terminal terminal;

  public CleanView(Terminal terminal) {
    this.terminal = terminal;
  }

  /** For people: by table, then all together. */
  public void table(CleaningReport cleaned) {
    CleanReport report = cleaned.warehouse();
    names("releases", report.releases());
    names("environments", report.environments());
    if (report.runs() > 0) {
      names("history", List.of(Text.count(report.runs(), "run") + " without a release"));
    }
    if (!cleaned.checks().isNothing()) {
      names("checks", List.of(forgotten(cleaned.checks())));
    }
    if (!report.tables().isEmpty()) {
      TextTable table =
          new TextTable(
              List.of("table", "freed", "files", "size"), List.of(false, false, true, true));
      for (Map.Entry<PhysicalTable, TablePart> part : report.tables().entrySet()) {
        table.add(row(part.getKey().name(), what(part.getValue()), part.getValue().files()));
      }
      if (report.others().count() > 0) {
        table.add(row("other files", Values.NOTHING, report.others()));
      }
      table.print(terminal);
    }
    CleanReport.Files all = report.files();
    String size = Text.count(all.count(), "file") + ", " + Text.bytes(all.bytes());
    String verb = report.dryRun() ? wouldFree(cleaned) : "Freed ";
    boolean nothing =
        all.count() == 0
            && report.snapshots() == 0
            && report.runs() == 0
            && cleaned.checks().isNothing()
            && report.releases().isEmpty();
    terminal
        .out()
        .println(
            nothing
                ? "Nothing to free"
                : terminal.style(Style.HEADING, verb + size)
                    + (report.dryRun()
                        ? terminal.style(Style.QUIET, "; 'kith clean' does it")
                        : ""));
  }

  private static String forgotten(ForgottenChecks checks) {
    return Text.count(checks.results(), "result")
        + (checks.samples() == 0 ? "" : " and " + Text.count(checks.samples(), "row") + " at fault")
        + " of old runs";
  }

  private static String wouldFree(CleaningReport cleaned) {
    return cleaned.checks().isNothing() ? "Would free " : "Would free more than ";
  }

  private void names(String what, List<String> names) {
    if (!names.isEmpty()) {
      terminal.out().println(terminal.style(Style.QUIET, what + "  ") + String.join(", ", names));
    }
  }

  private static List<String> row(String table, String what, CleanReport.Files files) {
    return List.of(table, what, Text.count(files.count()), Text.bytes(files.bytes()));
  }

  private static String what(TablePart part) {
    if (part.dropped()) {
      return "the whole table";
    }
    return part.snapshots() == 0 ? "orphans" : Text.count(part.snapshots(), "snapshot");
  }

  /** For programs. */
  public void json(CleaningReport cleaned) throws IOException {
    CleanReport report = cleaned.warehouse();
    try (JsonGenerator json = new JsonFactory().createGenerator(terminal.out())) {
      json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      json.useDefaultPrettyPrinter();
      json.writeStartObject();
      json.writeBooleanField("dry_run", report.dryRun());
      texts(json, "releases", report.releases());
      texts(json, "environments", report.environments());
      json.writeNumberField("runs", report.runs());
      json.writeNumberField("check_results", cleaned.checks().results());
      json.writeNumberField("check_samples", cleaned.checks().samples());
      json.writeArrayFieldStart("tables");
      for (Map.Entry<PhysicalTable, TablePart> part : report.tables().entrySet()) {
        json.writeStartObject();
        json.writeStringField("table", part.getKey().name());
        json.writeBooleanField("dropped", part.getValue().dropped());
        json.writeNumberField("snapshots", part.getValue().snapshots());
        files(json, part.getValue().files());
        json.writeEndObject();
      }
      json.writeEndArray();
      files(json, report.files());
      json.writeEndObject();
    }
    terminal.out().println();
  }

  private static void files(JsonGenerator json, CleanReport.Files files) throws IOException {
    json.writeNumberField("files", files.count());
    json.writeNumberField("bytes", files.bytes());
  }

  private static void texts(JsonGenerator json, String field, List<String> texts)
      throws IOException {
    json.writeArrayFieldStart(field);
    for (String text : texts) {
      json.writeString(text);
    }
    json.writeEndArray();
  }
}
