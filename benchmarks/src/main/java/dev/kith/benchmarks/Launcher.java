package dev.kith.benchmarks;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs {@code kith} through its launcher, as people call it, to its end. */
final class Launcher {

  /** The shell tells the processor time of all that the command started. */
  private static final String TIMED = "TIMEFORMAT='%U %S'; time \"$@\" >\"$0\" 2>&1";

  private final Path kith;
  private final Path log;
  private final String javaOptions;

  /**
   * @param work folder for what commands print
   * @param javaOptions further flags for the JVM
   */
  Launcher(Path repository, Path work, String javaOptions) throws IOException {
    this.kith = repository.resolve("kith");
    this.log = Files.createDirectories(work).resolve("launcher.log");
    this.javaOptions = javaOptions;
  }

  /**
   * One command.
   *
   * @param cpuSeconds of all its processes
   * @param output what it printed, faults too
   */
  record Call(double wallSeconds, double cpuSeconds, String output) {}

  /** A command that fails is a fault that shows what it printed. */
  Call call(Path folder, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("bash", "-c", TIMED));
    command.addAll(List.of(log.toString(), kith.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.redirectInput(Redirect.from(Path.of("/dev/null").toFile()));
    builder.environment().put("LC_ALL", "C");
    builder.environment().put("KITH_JAVA_OPTS", javaOptions);
    long start = System.nanoTime();
    Process process = builder.start();
    String times =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    int exitCode = process.waitFor();
    double wallSeconds = (System.nanoTime() - start) / 1e9;
    String output = Files.readString(log);
    if (exitCode != 0) {
      throw new IllegalStateException(
          "Cannot go on: " + command + " ended with " + exitCode + "\n" + output);
    }
    double cpuSeconds = 0;
    for (String seconds : times.split(" ")) {
      cpuSeconds += Double.parseDouble(seconds);
    }
    return new Call(wallSeconds, cpuSeconds, output);
  }
}
