package dev.kith.benchmarks;

import dev.kith.benchmarks.Launcher.Call;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long it takes to find out that nothing is to be done in a project of a thousand tables, and
 * where that time goes.
 */
final class PlanScale {

  private static final int TABLES = 1_000;

  /** What kith-run's {@code Phases} tells, in the form of the command's log. */
  private static final String FLAGS = "-Dorg.slf4j.simpleLogger.log.dev.kith.run.Phases=info";

  private static final Pattern PHASE = Pattern.compile("Phases - ([a-z ]+): ([0-9]+) ms");

  private final Launcher launcher;
  private final Path folder;
  private final int rounds;

  PlanScale(Setting setting) throws IOException {
    this.launcher = new Launcher(setting.repository(), setting.work(), FLAGS);
    this.folder = setting.work().resolve("thousand");
    this.rounds = setting.rounds();
  }

  void measure(Report report) throws IOException, InterruptedException {
    ManyTables.make(folder, TABLES);
    Call build = launcher.call(folder, "run", "--quiet");
    report.heading("plan");
    report.line(
        String.format(
            Locale.ROOT,
            "A project of %,d tables in chains of ten, over 20 sources, with checks and 4 profiles;"
                + " through the launcher, warm disk, each once unmeasured before. Building it took"
                + " %.0f s (%.0f s of CPU).",
            TABLES,
            build.wallSeconds(),
            build.cpuSeconds()));
    List<Call> plans = new ArrayList<>();
    List<Call> runs = new ArrayList<>();
    for (int round = 0; round <= rounds; round++) {
      plans.add(launcher.call(folder, "plan"));
      runs.add(launcher.call(folder, "run"));
    }
    report.line("");
    report.line("| command | trials | wall s | CPU s | at most |");
    report.line("| --- | --- | --- | --- | --- |");
    row(report, "kith plan", measured(plans), 3);
    row(report, "kith run, nothing to do", measured(runs), 5);
    report.line("");
    report.line("Where the time goes, in ms of wall time:");
    phases(report, "kith plan", measured(plans));
    phases(report, "kith run", measured(runs));
  }

  private static List<Call> measured(List<Call> calls) {
    return calls.subList(1, calls.size());
  }

  private static void row(Report report, String name, List<Call> calls, double most) {
    Spread wall = Spread.of(calls.stream().mapToDouble(Call::wallSeconds));
    Spread cpu = Spread.of(calls.stream().mapToDouble(Call::cpuSeconds));
    report.line(
        String.format(
            Locale.ROOT,
            "| `%s` | %d | %s | %s | %.0f s: **%s** |",
            name,
            calls.size(),
            wall.text(1),
            cpu.text(1),
            most,
            wall.median() < most ? "kept" : "MISSED"));
  }

  private static void phases(Report report, String name, List<Call> calls) {
    Map<String, List<Double>> phases = new LinkedHashMap<>();
    for (Call call : calls) {
      double rest = call.wallSeconds() * 1e3;
      for (Matcher told = PHASE.matcher(call.output()); told.find(); ) {
        double milliseconds = Double.parseDouble(told.group(2));
        phases.computeIfAbsent(told.group(1), phase -> new ArrayList<>()).add(milliseconds);
        rest -= milliseconds;
      }
      phases.computeIfAbsent("all else", phase -> new ArrayList<>()).add(rest);
    }
    StringBuilder names = new StringBuilder("| `" + name + "` |");
    StringBuilder line = new StringBuilder("| --- |");
    StringBuilder values = new StringBuilder("| median |");
    phases.forEach(
        (phase, times) -> {
          names.append(' ').append(phase).append(" |");
          line.append(" --- |");
          double median = Spread.of(times.stream().mapToDouble(Double::doubleValue)).median();
          values.append(String.format(Locale.ROOT, " %.0f |", median));
        });
    report.line("");
    report.line(names.toString());
    report.line(line.toString());
    report.line(values.toString());
  }
}
