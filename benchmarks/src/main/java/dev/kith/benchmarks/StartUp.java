package dev.kith.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How long short commands take, through the launcher as people call them. */
final class StartUp {

  private static final int ROUNDS = 10;

  private final Launcher launcher;
  private final Path work;

  StartUp(Setting setting) throws IOException {
    this.launcher = new Launcher(setting.repository(), setting.work(), "");
    this.work = setting.work();
  }

  void measure(Report report) throws IOException, InterruptedException {
    Path demo = work.resolve("kith-demo");
    if (!Files.exists(demo.resolve("kith.yaml"))) {
      launcher.call(work, "demo");
    }
    report.heading("start-up");
    report.line("Through the launcher, in the demo's folder, warm disk; once unmeasured before.");
    report.line("");
    report.line("| command | trials | wall s |");
    report.line("| --- | --- | --- |");
    command(report, demo, "version");
    command(report, demo, "query", "select 1");
  }

  private void command(Report report, Path folder, String... arguments)
      throws IOException, InterruptedException {
    launcher.call(folder, arguments);
    List<Double> seconds = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      seconds.add(launcher.call(folder, arguments).wallSeconds());
    }
    report.line(
        "| `kith "
            + String.join(" ", arguments)
            + "` | "
            + ROUNDS
            + " | "
            + Spread.of(seconds.stream().mapToDouble(Double::doubleValue)).text(1)
            + " |");
  }
}
