package dev.kith.benchmarks;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs Java programs as processes of their own, with the flags of the {@code kith} launcher. */
final class Programs {

  private static final String KITH = "dev.kith.cli.Main";

  private final Path workFolder;
  private final String heap;
  private final Optional<Path> archive;

  /**
   * @param workFolder for logs and figures
   * @param heap of each process, such as {@code 1g}
   * @param archive of Kith's classes, which the launcher has made
   */
  Programs(Path workFolder, String heap, Optional<Path> archive) {
    this.workFolder = workFolder;
    this.heap = heap;
    this.archive = archive;
  }

  /** Runs a command of Kith's. */
  Trial kith(String name, String... arguments) throws IOException, InterruptedException {
    return run(name, KITH, List.of(arguments));
  }

  String flags() {
    return "-XX:+UseSerialGC -XX:Tier4InvocationThreshold=500000 -XX:Tier4MinInvocationThreshold=60000"
        + " -XX:Tier4CompileThreshold=1500000 -XX:Tier4BackEdgeThreshold=4000000"
        + " -XX:-C1ProfileCalls -XX:-C1ProfileVirtualCalls -XX:-C1ProfileInlinedCalls"
        + " -XX:-C1ProfileBranches -XX:-C1ProfileCheckcasts -Xmx"
        + heap;
  }

  /** Runs a program to its end; one that fails is a fault that shows the end of its log. */
  Trial run(String name, String mainClass, List<String> arguments)
      throws IOException, InterruptedException {
    Path figures = workFolder.resolve(name + ".figures");
    Path log = workFolder.resolve(name + ".log");
    Files.deleteIfExists(figures);
    ProcessBuilder builder = new ProcessBuilder(command(figures, mainClass, arguments));
    builder.redirectErrorStream(true).redirectOutput(Redirect.to(log.toFile()));
    builder.redirectInput(Redirect.from(Path.of("/dev/null").toFile()));
    double busyBefore = Machine.busyCpuSeconds();
    long start = System.nanoTime();
    int exitCode = builder.start().waitFor();
    double wallSeconds = (System.nanoTime() - start) / 1e9;
    double busySeconds = Machine.busyCpuSeconds() - busyBefore;
    if (exitCode != 0 || !Files.exists(figures)) {
      throw new IllegalStateException(
          "Cannot go on: " + name + " ended with " + exitCode + "\n" + Files.readString(log));
    }
    Usage usage = Usage.parse(Files.readString(figures));
    double others = Math.max(0, busySeconds - usage.cpuSeconds()) / wallSeconds;
    return new Trial(wallSeconds, usage, others);
  }

  private List<String> command(Path figures, String mainClass, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(flags().split(" ")));
    command.add("--add-opens=java.base/java.nio=ALL-UNNAMED");
    if (Runtime.version().feature() >= 22) {
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    if (mainClass.equals(KITH)) {
      archive.ifPresent(
          file -> {
            command.add("-XX:SharedArchiveFile=" + file);
            command.add("-Dorg.sqlite.lib.path=" + file.resolveSibling("sqlite"));
          });
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(Measured.class.getName(), figures.toString(), mainClass));
    command.addAll(arguments);
    return command;
  }
}
