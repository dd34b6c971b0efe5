package dev.kith.cli.render;

import dev.kith.cli.render.Terminal.Style;
import dev.kith.lake.Release;
import dev.kith.model.TableName;
import dev.kith.run.RangeProgress;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which days of a range are done and which are left, for people. */
public final class RangeView {

  private final Terminal terminal;

  public RangeView(Terminal terminal) {
    this.terminal = terminal;
  }

  /** Days that are alike are told of together. */
  public void print(RangeProgress progress) {
    List<LocalDate> days = progress.range().days();
    terminal.out().println();
    terminal
        .out()
        .println(
            terminal.style(Style.HEADING, "Days")
                + "  "
                + progress.left().size()
                + " of "
                + days.size()
                + " to build");
    int begin = 0;
    for (int i = 1; i <= days.size(); i++) {
      if (i == days.size() || isDone(progress, days.get(i)) != isDone(progress, days.get(begin))) {
        alike(progress, days.get(begin), days.get(i - 1));
        begin = i;
      }
    }
    terminal.out().flush();
  }

  private static boolean isDone(RangeProgress progress, LocalDate day) {
    return progress.done().containsKey(day);
  }

  private void alike(RangeProgress progress, LocalDate first, LocalDate last) {
    String days = first.equals(last) ? first.toString() : first + ".." + last;
    @Nullable Release release = progress.done().get(first);
    if (release == null) {
      line(terminal.style(Style.GOOD, "+"), terminal.style(Style.HEADING, days), "to build");
      return;
    }
    long number = Optional.ofNullable(progress.done().get(last)).orElse(release).sequence();
    String releases =
        first.equals(last)
            ? "release " + number
            : "releases " + release.sequence() + " to " + number;
    String what = "done, " + releases + unless(progress);
    line(terminal.style(Style.QUIET, "·"), terminal.style(Style.QUIET, days), what);
  }

  private static String unless(RangeProgress progress) {
    return progress.unless().isEmpty()
        ? ""
        : ", unless "
            + progress.unless().stream().map(TableName::toString).collect(Collectors.joining(", "))
            + " has something new";
  }

  private void line(String mark, String days, String what) {
    terminal.out().println("  " + mark + " " + days + "  " + what);
  }
}
