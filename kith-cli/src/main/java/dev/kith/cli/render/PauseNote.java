package dev.kith.cli.render;

import dev.kith.cli.render.Terminal.Style;
import dev.kith.lake.Environment.Pause;
import dev.kith.lake.Release;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/** What people are told about rollbacks and pauses. */
public final class PauseNote {

  private static final DateTimeFormatter INSTANT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);

  private final Terminal terminal;
  private final ZoneId zone;

  public PauseNote(Terminal terminal, ZoneId zone) {
    this.terminal = terminal;
    this.zone = zone;
  }

  /**
   * After a rollback.
   *
   * @param target the release whose tables readers have again, if it is kept
   */
  public void rolledBack(Release published, Optional<Release> target) {
    String what =
        target
            .map(
                old ->
                    ", which has the tables of release "
                        + old.sequence()
                        + " of "
                        + time(old.createdAt()))
            .orElse("");
    terminal
        .out()
        .println(terminal.style(Style.HEADING, "Published release " + published.sequence()) + what);
    String option = option(published.environment());
    quiet("Runs are paused; 'kith resume" + option + "' lets them publish again.");
  }

  /** After a pause was ended, or there was none. */
  public void resumed(String environment, Optional<Pause> pause) {
    if (pause.isEmpty()) {
      terminal.out().println("'" + environment + "' is not paused");
      return;
    }
    terminal
        .out()
        .println(
            terminal.style(Style.HEADING, "Runs of '" + environment + "' may publish again")
                + terminal.style(Style.QUIET, "; they were paused since " + text(pause.get())));
  }

  /** Above a plan, or below a history. */
  void paused(String environment, Pause pause) {
    terminal
        .out()
        .println(
            terminal.style(Style.WARNING, "! paused since " + text(pause))
                + terminal.style(
                    Style.QUIET, "; 'kith resume" + option(environment) + "' ends it"));
  }

  private String text(Pause pause) {
    return time(pause.since())
        + ": "
        + pause.reason()
        + (pause.by().isEmpty() ? "" : ", by " + pause.by());
  }

  private static String option(String environment) {
    return environment.equals(Release.PRODUCTION) ? "" : " --env " + environment;
  }

  private String time(Instant instant) {
    return INSTANT.format(instant.atZone(zone));
  }

  private void quiet(String text) {
    terminal.out().println(terminal.style(Style.QUIET, text));
  }
}
