package dev.kith.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** What the measurements are taken on. */
final class Machine {

  private Machine() {}

  /** Processor, cores, memory, JDK. */
  static String description() throws IOException {
    String processor =
        Files.readString(Path.of("/proc/cpuinfo"))
            .lines()
            .filter(line -> line.startsWith("model name"))
            .map(line -> line.substring(line.indexOf(':') + 1).strip())
            .findFirst()
            .orElse("unknown processor");
    long kibibytes =
        Files.readString(Path.of("/proc/meminfo"))
            .lines()
            .filter(line -> line.startsWith("MemTotal:"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
            .findFirst()
            .orElse(0);
    return String.format(
        Locale.ROOT,
        "%s, %d cores, %.0f GB of memory, JDK %s",
        processor,
        Runtime.getRuntime().availableProcessors(),
        kibibytes * 1024 / 1e9,
        Runtime.version());
  }

  /** Processor time that the whole machine has spent since it started, all but idle and waiting. */
  static double busyCpuSeconds() throws IOException {
    String[] fields =
        Files.readString(Path.of("/proc/stat")).lines().findFirst().orElse("").split(" +");
    long ticks = 0;
    // user nice system idle iowait irq softirq; what follows is of the host or counted before.
    for (int field : new int[] {1, 2, 3, 6, 7}) {
      ticks += Long.parseLong(fields[field]);
    }
    return ticks / 100.0;
  }
}
