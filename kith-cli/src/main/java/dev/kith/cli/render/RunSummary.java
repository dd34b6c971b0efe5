package dev.kith.cli.render;

import dev.kith.cli.render.Terminal.Style;
import dev.kith.run.RunReport;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The last line of a run. */
public final class RunSummary {

  private static final DateTimeFormatter INSTANT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);

  private RunSummary() {}

  /** Prints what was published, or that nothing had to be. */
  public static void print(RunReport report, Terminal terminal, ZoneId zone) {
    String time = " in " + Text.duration(report.duration());
    if (report.release().isEmpty()) {
      terminal.out().println("Everything is up to date" + terminal.style(Style.QUIET, time));
      return;
    }
    String asOf = report.asOf().map(t -> ", as of " + INSTANT.format(t.atZone(zone))).orElse("");
    terminal
        .out()
        .println(
            terminal.style(Style.HEADING, "Published release " + report.release().get().sequence())
                + asOf
                + terminal.style(Style.QUIET, time));
  }
}
