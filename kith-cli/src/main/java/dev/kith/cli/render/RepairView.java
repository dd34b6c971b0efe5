package dev.kith.cli.render;

import dev.kith.cli.render.Terminal.Style;
import dev.kith.lake.PhysicalTable;
import dev.kith.lake.RepairReport;
import java.util.List;

/** What a repair has mended, and what it could not. */
public final class RepairView {

  private RepairView() {}

  public static void print(RepairReport report, Terminal terminal) {
    line(terminal, "tables", report.tables().stream().map(PhysicalTable::name).toList());
    line(terminal, "releases", report.releases());
    line(terminal, "manifests", report.manifests());
    lost(terminal, "tables whose files are not all there", report.lostTables());
    lost(terminal, "releases that cannot be read any more", report.lostReleases());
    if (report.isEmpty()) {
      terminal.out().println("The database and the warehouse belong together; nothing to mend");
      return;
    }
    terminal
        .out()
        .println(
            terminal.style(
                Style.HEADING,
                "Mended "
                    + Text.count(report.tables().size(), "table")
                    + " and "
                    + Text.count(report.releases().size(), "release")));
  }

  private static void line(Terminal terminal, String what, List<String> names) {
    if (!names.isEmpty()) {
      terminal.out().println(terminal.style(Style.QUIET, what + "  ") + String.join(", ", names));
    }
  }

  private static void lost(Terminal terminal, String what, List<String> names) {
    if (!names.isEmpty()) {
      terminal
          .out()
          .println(terminal.style(Style.WARNING, "! " + what + ": ") + String.join(", ", names));
    }
  }
}
