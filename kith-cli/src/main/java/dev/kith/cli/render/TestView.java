package dev.kith.cli.render;

import dev.kith.cli.render.Terminal.Style;
import dev.kith.model.Diagnostic;
import dev.kith.run.testing.TableDifference;
import dev.kith.run.testing.TestOutcome;
import dev.kith.run.testing.TestOutcome.Verdict;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;

/** Tests as a line each, and of those that fail what is other than expected. */
public final class TestView {

  private static final String INDENT = "    ";

  private final Terminal terminal;
  private final DifferenceTable table;
  private final boolean quiet;

  /**
   * @param zone in which instants are shown
   * @param quiet shows only what fails
   */
  public TestView(Terminal terminal, ZoneId zone, boolean quiet) {
    this.terminal = terminal;
    this.table = new DifferenceTable(terminal, zone);
    this.quiet = quiet;
  }

  /** Prints a test that is done. */
  public void print(TestOutcome outcome) {
    if (!outcome.passed() || !quiet) {
      line(outcome);
      details(outcome);
    }
    terminal.out().flush();
  }

  /** Prints how many passed and failed. */
  public void summary(List<TestOutcome> outcomes) {
    if (quiet) {
      return;
    }
    if (outcomes.isEmpty()) {
      terminal.out().println("no tests: write the first into tests/, see docs/how-to");
      return;
    }
    long passed = outcomes.stream().filter(TestOutcome::passed).count();
    long failed = outcomes.size() - passed;
    Duration time =
        outcomes.stream().map(TestOutcome::duration).reduce(Duration.ZERO, Duration::plus);
    String text =
        failed == 0
            ? terminal.style(Style.GOOD, Text.count(passed, "test") + " passed")
            : terminal.style(
                Style.BAD,
                Text.count(failed) + " of " + Text.count(outcomes.size(), "test") + " failed");
    terminal.out().println();
    terminal.out().println(text + " in " + Text.duration(time));
  }

  private void line(TestOutcome outcome) {
    String time = Text.duration(outcome.duration());
    String name = outcome.test().name().value().strip().replaceAll("\\s+", " ");
    int room = Math.min(terminal.width(), 100) - 4 - time.length() - 2;
    String padded = Text.padRight(Text.cut(name, room), room);
    String mark =
        outcome.passed() ? terminal.style(Style.GOOD, "✓") : terminal.style(Style.BAD, "✗");
    terminal.out().println("  " + mark + " " + padded + "  " + terminal.style(Style.QUIET, time));
  }

  /** What a failed test found; nothing of one that passed. */
  void details(TestOutcome outcome) {
    if (outcome.verdict() instanceof Verdict.Broken broken) {
      fault(broken.fault());
    } else if (outcome.verdict() instanceof Verdict.Failed failed) {
      for (TableDifference difference : failed.tables()) {
        table.print(difference, INDENT);
      }
    }
  }

  private void fault(Diagnostic fault) {
    terminal.out().println(INDENT + terminal.style(Style.QUIET, fault.span().toString()));
    terminal
        .out()
        .println(
            INDENT
                + terminal.style(Style.BAD, "error[" + fault.code().id() + "]")
                + ": "
                + fault.message());
    fault
        .help()
        .ifPresent(
            help -> terminal.out().println(INDENT + terminal.style(Style.GOOD, "help: ") + help));
    terminal.out().println();
  }
}
