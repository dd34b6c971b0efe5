package dev.kith.cli.render;

import dev.kith.cli.render.Terminal.Style;
import dev.kith.model.TableName;
import dev.kith.run.PlannedRun;
import dev.kith.run.change.Consequence;
import dev.kith.run.change.DefinitionChange;
import dev.kith.run.plan.BuildReason;
import dev.kith.run.plan.Method;
import dev.kith.run.plan.Plan;
import dev.kith.run.plan.ReaderChange;
import dev.kith.run.plan.ReaderChange.Difference;
import dev.kith.run.plan.Reading;
import dev.kith.run.plan.Stage;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** A plan for people: what would be done and why, then what readers would find changed. */
public final class PlanView {

  private static final DateTimeFormatter INSTANT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);
  private static final int WIDEST_NAME = 40;
  private static final int MOST_LINES = 12;

  private final Terminal terminal;
  private final ZoneId zone;

  public PlanView(Terminal terminal, ZoneId zone) {
    this.terminal = terminal;
    this.zone = zone;
  }

  public void print(PlannedRun planned) {
    Plan plan = planned.plan();
    planned
        .pause()
        .ifPresent(pause -> new PauseNote(terminal, zone).paused(plan.environment(), pause));
    heading(plan);
    int width =
        Math.min(
            WIDEST_NAME,
            plan.stages().stream()
                .mapToInt(stage -> stage.table().toString().length())
                .max()
                .orElse(0));
    boolean later = plan.parent().isPresent();
    for (Stage stage : plan.stages()) {
      stage(stage, width, later);
    }
    if (!plan.changes().isEmpty()) {
      line("");
      line(terminal.style(Style.HEADING, "Readers would see"));
      plan.changes().forEach(change -> change(change, width));
    }
    line("");
    line(summary(plan));
    terminal.out().flush();
  }

  private void heading(Plan plan) {
    String on =
        plan.parent()
            .map(release -> "on release " + release.sequence())
            .orElse("for the first release");
    String asOf = plan.asOf().map(at -> ", as of " + INSTANT.format(at.atZone(zone))).orElse("");
    line(terminal.style(Style.HEADING, "Plan " + on) + asOf);
    line("");
  }

  /**
   * @param later whether readers see a release already
   */
  private void stage(Stage stage, int width, boolean later) {
    if (stage instanceof Stage.Read read) {
      boolean idle = read.certain().equals(Optional.of(false));
      row(idle ? Style.QUIET : Style.NAME, idle ? "·" : "↓", read.table(), width, read.what(), "");
      if (read.changed()) {
        note("definition changed: " + Consequence.NEW_ROWS.text(), width);
      }
      read.change().ifPresent(change -> lines(change, width));
    } else if (stage instanceof Stage.Keep keep) {
      String unless =
          keep.unless().isEmpty() ? "" : ", unless " + names(keep.unless()) + " has something new";
      row(Style.QUIET, "·", keep.table(), width, "up to date" + unless, "");
      if (!keep.seen() && later) {
        note("readers see other rows, and would see these", width);
      }
      if (!keep.unaffectedBy().isEmpty()) {
        note("uses no changed column of " + names(keep.unaffectedBy()), width);
      }
      if (keep.checks() > 0) {
        note(
            "its " + Text.count(keep.checks(), "check") + " run: what they ask for has changed",
            width);
      }
      copies(keep.copies(), width);
    } else if (stage instanceof Stage.Build build) {
      row(Style.GOOD, "+", build.table(), width, build.reason().text(zone), cost(build));
      how(build).ifPresent(how -> note(how, width));
      build.costs().ifPresent(costs -> note(UpdateCostsText.of(costs, build.method()), width));
      if (build.reason() instanceof BuildReason.DefinitionChanged changed) {
        changed.change().ifPresent(change -> definition(change, width));
      }
      copies(build.copies(), width);
    } else if (stage instanceof Stage.Leave leave) {
      row(Style.QUIET, "·", leave.table(), width, "not selected", "");
    } else if (stage instanceof Stage.Drop drop) {
      row(Style.BAD, "−", drop.table(), width, "no longer defined", "");
    }
  }

  private void copies(List<TableName> events, int width) {
    if (!events.isEmpty()) {
      note("then its copies by person, of " + names(events), width);
    }
  }

  private void definition(DefinitionChange change, int width) {
    lines(change, width);
    note("concerns " + change.consequence().text(), width);
  }

  private void lines(DefinitionChange change, int width) {
    List<String> lines = change.lines();
    lines.stream().limit(MOST_LINES).forEach(line -> note(line, width));
    if (lines.size() > MOST_LINES) {
      note("… and " + (lines.size() - MOST_LINES) + " more lines", width);
    }
  }

  /** How it is built, where that is not what everybody expects, and what it has to pass. */
  private static Optional<String> how(Stage.Build build) {
    List<String> parts = new ArrayList<>();
    if (!build.method().equals(new Method.Whole())) {
      parts.add(build.method().text());
    }
    if (build.checks() > 0) {
      parts.add(Text.count(build.checks(), "check"));
    }
    return parts.isEmpty() ? Optional.empty() : Optional.of(String.join(", then ", parts));
  }

  private static String cost(Stage.Build build) {
    List<String> parts = new ArrayList<>();
    build
        .reading()
        .filter(reading -> !reading.equals(Reading.NOTHING))
        .ifPresent(
            reading ->
                parts.add(
                    "reads "
                        + Text.count(reading.rows(), "row")
                        + ", "
                        + Text.bytes(reading.bytes())));
    build.estimate().ifPresent(time -> parts.add("~" + Text.duration(time)));
    return String.join("  ", parts);
  }

  private void row(Style style, String mark, TableName table, int width, String what, String cost) {
    String line =
        "  " + terminal.style(style, mark) + " " + name(table, width, style) + "  " + what;
    int used = 4 + width + 2 + Text.width(what);
    int gap = Math.min(terminal.width(), 100) - used - Text.width(cost);
    if (cost.isEmpty() || gap < 2) {
      line(line);
      if (!cost.isEmpty()) {
        note(cost, width);
      }
      return;
    }
    line(line + " ".repeat(gap) + terminal.style(Style.QUIET, cost));
  }

  private String name(TableName table, int width, Style style) {
    String padded = Text.padRight(table.toString(), width);
    return terminal.style(style == Style.QUIET ? Style.QUIET : Style.HEADING, padded);
  }

  private void note(String text, int width) {
    line(" ".repeat(4 + width + 2) + terminal.style(Style.QUIET, text));
  }

  private void change(ReaderChange change, int width) {
    String name = Text.padRight(change.table().toString(), width);
    for (Difference difference : change.differences()) {
      line(
          "    "
              + terminal.style(Style.HEADING, name)
              + "  "
              + SchemaDifferenceText.of(difference, terminal));
      name = " ".repeat(width);
    }
    if (!change.usedBy().isEmpty()) {
      note("used by " + names(change.usedBy()), width);
    }
  }

  private String summary(Plan plan) {
    if (plan.isEmpty()) {
      return "Everything is up to date";
    }
    if (plan.buildsNothing()) {
      int checks = plan.checksOfKept();
      return "Nothing to build; 'kith run' "
          + (checks > 0
              ? "runs " + Text.count(checks, "check")
              : plan.copiesForKept() ? "copies events" : "publishes what is built");
    }
    int builds = plan.builds().size();
    String time =
        builds == 0 ? "" : plan.estimate().map(t -> ", about " + Text.duration(t)).orElse("");
    String what =
        builds == 0
            ? "Nothing to build for certain"
            : Text.count(builds, "table") + " to build" + time;
    return what + terminal.style(Style.QUIET, "; 'kith run' does it");
  }

  private static String names(Collection<TableName> names) {
    return names.stream().map(TableName::toString).collect(Collectors.joining(", "));
  }

  private void line(String text) {
    terminal.out().println(text.stripTrailing());
  }
}
