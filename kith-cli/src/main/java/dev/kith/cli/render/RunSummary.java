package dev.kith.cli.render;

import dev.kith.cli.render.Terminal.Style;
import dev.kith.run.BackfillReport;
import dev.kith.run.RangeProgress;
import dev.kith.run.RunReport;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The last line of a run, or of the runs of several days. */
public final class RunSummary {

  private static final DateTimeFormatter INSTANT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);

  private final Terminal terminal;
  private final ZoneId zone;

  public RunSummary(Terminal terminal, ZoneId zone) {
    this.terminal = terminal;
    this.zone = zone;
  }

  /** Of a range of days. */
  public void print(BackfillReport report) {
    RangeProgress before = report.progress();
    String days = Text.count(before.range().days().size(), "day") + ", " + before.range();
    String time = terminal.style(Style.QUIET, " in " + Text.duration(report.duration()));
    if (before.left().isEmpty()) {
      terminal.out().println("Everything is up to date: all of " + days + time);
      return;
    }
    String earlier =
        before.done().isEmpty() ? "" : ", " + Text.count(before.done().size()) + " before";
    terminal
        .out()
        .println(
            terminal.style(Style.HEADING, "Built " + Text.count(before.left().size(), "day"))
                + " of "
                + days
                + earlier
                + time);
  }

  /** Of one run: what was published, or that nothing had to be. */
  public void print(RunReport report) {
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
