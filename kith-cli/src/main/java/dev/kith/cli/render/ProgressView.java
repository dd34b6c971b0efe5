package dev.kith.cli.render;

import dev.kith.cli.render.Terminal.Style;
import dev.kith.model.FaultCategory;
import dev.kith.model.TableName;
import dev.kith.run.event.CheckResult;
import dev.kith.run.event.RunEvent;
import dev.kith.run.event.RunListener;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A run as a line per table. At a terminal the line of the table at work is rewritten as it goes;
 * elsewhere each table has one plain line when it is done.
 */
public final class ProgressView implements RunListener {

  private static final String[] BAR = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};

  /** Lines are not longer, however wide the terminal is: times are easier to find. */
  private static final int LONGEST = 100;

  private static final int SHORTEST_REASON = 20;
  private static final int BAR_WIDTH = 12;

  private final Terminal terminal;
  private final ZoneId zone;
  private final int nameWidth;
  private final boolean quiet;
  private final DiagnosticView faults;
  private boolean days;
  private boolean laterDay;
  private @Nullable TableName told;

  /**
   * @param names of all tables that may appear
   * @param faults shows warnings about definitions
   * @param quiet shows nothing but warnings
   */
  public ProgressView(
      Terminal terminal, ZoneId zone, List<TableName> names, DiagnosticView faults, boolean quiet) {
    this.faults = faults;
    this.terminal = terminal;
    this.zone = zone;
    this.quiet = quiet;
    this.nameWidth =
        Math.min(40, names.stream().mapToInt(name -> name.toString().length()).max().orElse(10));
  }

  @Override
  public void on(RunEvent event) {
    if (event instanceof RunEvent.Warned warned) {
      faults.print(warned.warnings());
    } else if (event instanceof RunEvent.Started started) {
      live(started.table(), started.activity(), -1);
    } else if (event instanceof RunEvent.Progress progress) {
      live(progress.table(), progress.activity(), progress.fraction());
    } else if (event instanceof RunEvent.DayBegan began) {
      day(began);
    } else if (event instanceof RunEvent.Published published && days) {
      published(published);
    } else if (event instanceof RunEvent.UpToDate done && !laterDay) {
      done(Style.QUIET, "·", done.table(), "up to date", "");
    } else if (event instanceof RunEvent.Ingested done) {
      ingested(done);
    } else if (event instanceof RunEvent.Waiting waiting) {
      waiting(waiting);
    } else if (event instanceof RunEvent.Retried again) {
      retried(again);
    } else if (event instanceof RunEvent.Failed failed) {
      failed(failed);
    } else if (event instanceof RunEvent.Skipped skipped) {
      done(Style.QUIET, "·", skipped.table(), "skipped, it needs " + skipped.because(), "");
    } else if (event instanceof RunEvent.Built done) {
      built(done);
    } else if (event instanceof RunEvent.Copied done) {
      copied(done);
    } else if (event instanceof RunEvent.Checked done) {
      checked(done);
    }
    terminal.out().flush();
  }

  /** What is up to date on the first day of several is so on all of them, and told once. */
  private void day(RunEvent.DayBegan began) {
    laterDay = days;
    told = null;
    days = true;
    if (!quiet) {
      String number = "  " + began.number() + " of " + began.days();
      terminal
          .out()
          .println(
              terminal.style(Style.HEADING, began.day().toString())
                  + terminal.style(Style.QUIET, number));
    }
  }

  private void published(RunEvent.Published published) {
    if (!quiet) {
      terminal.out().println(terminal.style(Style.QUIET, "  published " + published.release()));
    }
  }

  private void live(TableName table, String activity, double fraction) {
    if (!terminal.live() || quiet) {
      return;
    }
    String bar = fraction >= 0 ? "  " + bar(fraction) : "";
    String text = Text.cut(activity + bar, terminal.width() - nameWidth - 8);
    terminal
        .out()
        .print("\r\u001b[K  " + terminal.style(Style.NAME, "▸ ") + name(table) + "  " + text);
  }

  private static String bar(double fraction) {
    int eighths = (int) Math.round(Math.min(1, fraction) * BAR_WIDTH * 8);
    String full = "█".repeat(eighths / 8) + BAR[eighths % 8];
    return Text.padRight(full, BAR_WIDTH)
        + " "
        + (int) Math.floor(Math.min(1, fraction) * 100)
        + "%";
  }

  private void ingested(RunEvent.Ingested done) {
    RunEvent.IngestCounts counts = done.counts();
    List<String> parts = new ArrayList<>();
    parts.add(Text.count(counts.added(), "row") + " from " + counts.input());
    if (counts.duplicates() > 0) {
      parts.add(Text.count(counts.duplicates(), "duplicate"));
    }
    if (counts.deleted() > 0) {
      parts.add(Text.count(counts.deleted()) + " deleted");
    }
    if (counts.rejected() > 0) {
      String text =
          Text.count(counts.rejected()) + " rejected → " + done.source().withSuffix("_rejected");
      parts.add(terminal.style(Style.WARNING, text));
    }
    String what = String.join(", ", parts);
    done(Style.GOOD, "✓", done.source(), what, Text.duration(done.duration()));
    for (String warning : done.warnings()) {
      terminal
          .err()
          .println(
              "    " + terminal.style(Style.WARNING, "warning: ") + done.source() + ": " + warning);
    }
    terminal.err().flush();
  }

  /** One line; checks that warn have lines of their own, those that fail are in the run's fault. */
  private void checked(RunEvent.Checked done) {
    CheckCounts counts = CheckCounts.of(done.results());
    Style style =
        counts.failed() > 0 ? Style.BAD : counts.warned() > 0 ? Style.WARNING : Style.GOOD;
    String mark = counts.failed() > 0 ? "✗" : counts.warned() > 0 ? "!" : "✓";
    String time = Text.duration(done.duration());
    done(style, mark, done.table(), terminal.style(style, counts.text()), time);
    if (!quiet) {
      done.results().stream()
          .filter(result -> result.status() == CheckResult.Status.WARNED)
          .forEach(this::warned);
    }
  }

  private void waiting(RunEvent.Waiting waiting) {
    if (!quiet) {
      terminal.err().println(terminal.style(Style.QUIET, "Waiting: " + waiting.why()));
      terminal.err().flush();
    }
  }

  private void retried(RunEvent.Retried again) {
    String what =
        "%s; attempt %d of %d in %s"
            .formatted(
                again.fault().getMessage(),
                again.attempt(),
                again.attempts(),
                Text.duration(again.pause()));
    done(Style.WARNING, "↻", again.table(), terminal.style(Style.WARNING, what), "");
  }

  /** Failed checks had their line, and the fault that ends the run is told at its end. */
  private void failed(RunEvent.Failed failed) {
    if (failed.goesOn()) {
      done(Style.BAD, "✗", failed.table(), String.valueOf(failed.fault().getMessage()), "");
    } else if (failed.fault().category() != FaultCategory.CHECK) {
      done(Style.BAD, "✗", failed.table(), "failed", "");
    }
  }

  private void warned(CheckResult result) {
    String text = result.check() + ": " + result.message();
    terminal.out().println("    " + terminal.style(Style.WARNING, "warning: ") + text);
    if (!result.examples().isEmpty()) {
      String such = "such as (" + String.join(") (", result.examples()) + ")";
      terminal.out().println("      " + terminal.style(Style.QUIET, such));
    }
  }

  /** How many rows, and as much of the reason as the line has room for. */
  private void built(RunEvent.Built done) {
    String rows = rows(done.rows(), done.rowsAdded(), done.rowsDeleted());
    String time = Text.duration(done.duration());
    int room = LONGEST - 4 - nameWidth - 2 - rows.length() - 2 - 2 - time.length();
    String reason = Text.cut(done.reason().text(zone), Math.max(SHORTEST_REASON, room));
    String what = rows + "  " + terminal.style(Style.QUIET, reason);
    done(Style.GOOD, "✓", done.table(), what, time);
  }

  private void copied(RunEvent.Copied done) {
    String rows = rows(done.rows(), done.rowsAdded(), done.anew() ? 0 : done.rowsDeleted());
    String what =
        rows + "  " + terminal.style(Style.QUIET, "copy of " + done.events() + " by person");
    done(Style.GOOD, "✓", done.profile(), what, Text.duration(done.duration()));
  }

  private static String rows(long all, long added, long deleted) {
    String rows = Text.count(all, "row");
    boolean whole = added == all && deleted == 0;
    if (whole) {
      return rows;
    }
    return rows + " (+" + Text.count(added) + (deleted > 0 ? " −" + Text.count(deleted) : "") + ")";
  }

  private void done(Style style, String mark, TableName table, String what, String time) {
    if (quiet) {
      return;
    }
    String clear = terminal.live() ? "\r\u001b[K" : "";
    String name = table.equals(told) ? " ".repeat(nameWidth) : name(table); // said once
    told = table;
    String line = clear + "  " + terminal.style(style, mark) + " " + name + "  " + what;
    int used = 4 + nameWidth + 2 + Text.width(plain(what));
    int gap = Math.max(2, Math.min(terminal.width(), LONGEST) - used - time.length());
    terminal
        .out()
        .println(
            time.isEmpty() ? line : line + " ".repeat(gap) + terminal.style(Style.QUIET, time));
  }

  private String name(TableName table) {
    return terminal.style(Style.HEADING, Text.padRight(table.toString(), nameWidth));
  }

  private static String plain(String styled) {
    return styled.replaceAll("\u001b\\[[0-9;]*m", "");
  }
}
