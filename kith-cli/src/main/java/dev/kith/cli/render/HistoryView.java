package dev.kith.cli.render;

import dev.kith.cli.render.Terminal.Style;
import dev.kith.lake.Environment.Pause;
import dev.kith.lake.Release;
import dev.kith.lake.ReleaseEntry;
import dev.kith.lake.ReleaseOrigin;
import dev.kith.lake.RunRecord;
import dev.kith.lake.RunStep;
import dev.kith.model.TableName;
import dev.kith.run.release.HistoryEntry;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Runs and releases for people. */
public final class HistoryView {

  private static final DateTimeFormatter SECOND =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

  private final Terminal terminal;
  private final ZoneId zone;

  public HistoryView(Terminal terminal, ZoneId zone) {
    this.terminal = terminal;
    this.zone = zone;
  }

  /** A line each. */
  public void print(List<HistoryEntry> entries, Optional<Release> current, Optional<Pause> pause) {
    if (entries.isEmpty()) {
      terminal.out().println("Nothing has happened yet; 'kith run' builds and publishes");
      return;
    }
    TextTable table =
        new TextTable(
                List.of("release", "when", "by", "what", "as of", "result", "rows", "time"),
                List.of(true, false, false, false, false, false, true, true))
            .keeping("when");
    for (HistoryEntry entry : entries) {
      table.add(
          List.of(
              entry.release().map(release -> number(release, current)).orElse(Values.NOTHING),
              time(entry.at()),
              entry.by().isEmpty() ? Values.NOTHING : entry.by(),
              HistoryWords.what(entry),
              entry.run().flatMap(RunRecord::asOf).map(this::day).orElse(Values.NOTHING),
              HistoryWords.result(entry),
              rows(entry.steps()),
              entry.duration().map(Text::duration).orElse(Values.NOTHING)));
    }
    table.print(terminal);
    current.ifPresent(
        release ->
            terminal
                .out()
                .println(
                    terminal.style(
                        Style.QUIET,
                        "(* what readers see; 'kith history "
                            + release.sequence()
                            + "' tells more)")));
    pause.ifPresent(
        found ->
            new PauseNote(terminal, zone)
                .paused(current.map(Release::environment).orElse(Release.PRODUCTION), found));
  }

  private static String number(Release release, Optional<Release> current) {
    boolean seen = current.map(Release::id).equals(Optional.of(release.id()));
    return (seen ? "* " : "") + release.sequence();
  }

  /** Of all tables: those that came and those that went. */
  private static String rows(List<RunStep> steps) {
    long added = steps.stream().mapToLong(RunStep::rowsAdded).sum();
    long deleted = steps.stream().mapToLong(RunStep::rowsDeleted).sum();
    return added == 0 && deleted == 0 ? Values.NOTHING : change(added, deleted);
  }

  private static String change(long added, long deleted) {
    String plus = added == 0 ? "" : "+" + Text.count(added);
    String minus = deleted == 0 ? "" : "−" + Text.count(deleted);
    return plus.isEmpty() || minus.isEmpty() ? plus + minus : plus + " " + minus;
  }

  /**
   * All about one.
   *
   * @param parent the release before, if it is kept
   */
  public void print(HistoryEntry entry, Optional<Release> parent) {
    entry.release().ifPresent(release -> heading("Release " + release.sequence(), release.id()));
    if (entry.release().isEmpty()) {
      heading("Run", entry.run().orElseThrow().id());
    }
    entry.release().ifPresent(this::release);
    entry.run().ifPresent(run -> run(run, entry));
    entry.release().ifPresent(release -> tables(release, parent));
    if (!entry.steps().isEmpty()) {
      terminal.out().println();
      steps(entry.steps());
    }
  }

  private void release(Release release) {
    String by = release.by().isEmpty() ? "" : " by " + release.by();
    field("published", time(release.createdAt()) + by + " in " + release.environment());
    if (!(release.origin() instanceof ReleaseOrigin.Built)) {
      field("origin", HistoryWords.origin(release.origin()));
    }
    release.base().ifPresent(base -> field("built on", base));
  }

  private void run(RunRecord run, HistoryEntry entry) {
    if (entry.release().isPresent()) {
      field("run", run.id());
    }
    String by = run.by().isEmpty() ? "" : " by " + run.by();
    field("command", "kith " + run.command() + by + ", " + time(run.startedAt()));
    field(
        "result",
        HistoryWords.result(entry)
            + entry.duration().map(took -> " in " + Text.duration(took)).orElse(""));
    run.fault().ifPresent(fault -> field("fault", fault.message()));
    run.asOf().ifPresent(asOf -> field("as of", time(asOf)));
    field("versions", "Kith " + run.kithVersion() + ", " + run.engineVersion());
  }

  /** Which tables are others than in the release before. */
  private void tables(Release release, Optional<Release> parent) {
    List<TableName> shown =
        release.entries().entrySet().stream()
            .filter(entry -> entry.getValue().kind() != ReleaseEntry.Kind.STATE)
            .map(java.util.Map.Entry::getKey)
            .toList();
    if (parent.isEmpty()) {
      field("tables", names(shown));
      return;
    }
    List<TableName> changed =
        shown.stream()
            .filter(
                name ->
                    !release
                        .entry(name)
                        .map(ReleaseEntry::version)
                        .equals(parent.get().entry(name).map(ReleaseEntry::version)))
            .toList();
    field("changed", changed.isEmpty() ? "nothing" : names(changed));
    int same = shown.size() - changed.size();
    if (same > 0) {
      field("", Text.count(same, "table") + " as in release " + parent.get().sequence());
    }
  }

  private void steps(List<RunStep> steps) {
    TextTable table =
        new TextTable(
            List.of("table", "done", "why", "rows", "change", "time"),
            List.of(false, false, false, true, true, true));
    for (RunStep step : steps) {
      String change = change(step.rowsAdded(), step.rowsDeleted());
      table.add(
          List.of(
              step.table().toString(),
              HistoryWords.done(step),
              step.reason().isEmpty() ? Values.NOTHING : step.reason(),
              isCheck(step) ? Values.NOTHING : Text.count(step.rows()),
              change.isEmpty() ? Values.NOTHING : change,
              Text.duration(step.duration())));
    }
    table.print(terminal);
  }

  private static boolean isCheck(RunStep step) {
    return step.action() == RunStep.Action.CHECK;
  }

  private void heading(String title, String id) {
    terminal
        .out()
        .println(terminal.style(Style.HEADING, title) + "  " + terminal.style(Style.QUIET, id));
  }

  private void field(String name, String value) {
    String label = name;
    for (String line : Text.wrap(value, terminal.width() - 12)) {
      String margin = "  " + terminal.style(Style.QUIET, Text.padRight(label, 10));
      terminal.out().println((margin + line.strip()).stripTrailing());
      label = "";
    }
  }

  private static String names(List<TableName> names) {
    return names.stream().map(TableName::toString).collect(Collectors.joining(", "));
  }

  /** Profiles are of the beginning of a day. */
  private String day(Instant instant) {
    return DateTimeFormatter.ISO_LOCAL_DATE.format(instant.atZone(zone));
  }

  private String time(Instant instant) {
    return SECOND.format(instant.atZone(zone));
  }
}
