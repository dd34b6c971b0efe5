package dev.kith.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Aggregates that gather many values of each person, over everybody, each as a profile of its own
 * that was never built. The yardstick gathers none.
 */
final class Gathering {

  private static final String YARDSTICK = "mode(category)";
  private static final List<String> AGGREGATES =
      List.of(
          "quantile(dwell, 0.5)",
          "top(category, 3)",
          "top(url, 3)",
          "histogram(category)",
          "latest(category, 3)");

  private final Setting setting;
  private final EventFiles events;
  private int built;

  Gathering(Setting setting) throws IOException, SQLException {
    this.setting = setting;
    this.events = setting.events();
  }

  void measure(Report report) throws IOException, InterruptedException {
    Path folder = setting.work().resolve("gathering-" + setting.size().text());
    KithProject project = KithProject.make(folder, events.folder(), setting.memory());
    setting.programs().kith("kith-ingest", "run", "-C", folder.toString());
    List<Series> all = new ArrayList<>();
    all.add(build(project, YARDSTICK));
    for (String aggregate : AGGREGATES) {
      all.add(build(project, aggregate));
    }
    report.heading("aggregates, " + setting.size().text());
    report.line(
        "`kith run` of a profile with one measure of clicks over 7d, 30d, 90d, 365d and ever as of "
            + Size.AS_OF
            + ", built for the first time with `memory: "
            + setting.memory()
            + "`.");
    report.table(all);
    report.memoryGate(all, setting.memory());
  }

  private Series build(KithProject project, String aggregate)
      throws IOException, InterruptedException {
    List<Trial> trials = new ArrayList<>();
    for (int round = 1; round <= setting.rounds(); round++) {
      project.profileOf("gathering_" + ++built, aggregate);
      trials.add(
          setting
              .programs()
              .kith(
                  "kith-gathering",
                  "run",
                  "-C",
                  project.folder().toString(),
                  "--as-of",
                  Size.AS_OF));
      System.err.println(aggregate + ": " + trials.get(round - 1));
    }
    return new Series("`" + aggregate + "`", trials);
  }
}
