package dev.kith.benchmarks;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How long short commands take, through the launcher as people call them. */
final class StartUp {

  private static final int ROUNDS = 10;

  private final Path kith;
  private final Path work;

  StartUp(Setting setting) {
    this.kith = setting.repository().resolve("kith");
    this.work = setting.work();
  }

  void measure(Report report) throws IOException, InterruptedException {
    Files.createDirectories(work);
    Path demo = work.resolve("kith-demo");
    if (!Files.exists(demo.resolve("kith.yaml"))) {
      wallSeconds(work, "demo");
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
    wallSeconds(folder, arguments);
    List<Double> seconds = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      seconds.add(wallSeconds(folder, arguments));
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

  private double wallSeconds(Path folder, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(kith.toString()));
    command.addAll(List.of(arguments));
    Path log = work.resolve("start-up.log");
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.redirectErrorStream(true).redirectOutput(Redirect.to(log.toFile()));
    long start = System.nanoTime();
    int exitCode = builder.start().waitFor();
    double seconds = (System.nanoTime() - start) / 1e9;
    if (exitCode != 0) {
      throw new IllegalStateException(
          String.format(
              Locale.ROOT,
              "Cannot go on: %s ended with %d%n%s",
              command,
              exitCode,
              Files.readString(log)));
    }
    return seconds;
  }
}
