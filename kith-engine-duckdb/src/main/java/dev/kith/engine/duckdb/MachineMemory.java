package dev.kith.engine.duckdb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/** How much memory there is: the machine's, or what the container allows if that is less. */
final class MachineMemory {

  private static final Path SYSTEM = Path.of("/");

  private MachineMemory() {}

  static long bytes() {
    // Linux tells it in small files, which is 50 ms faster than loading Java's management classes.
    return bytes(SYSTEM).orElseGet(MachineMemory::bytesByManagement);
  }

  /** Reads what Linux tells below a root folder; empty where there is no Linux. */
  static OptionalLong bytes(Path root) {
    OptionalLong machine = totalOf(root.resolve("proc/meminfo"));
    if (machine.isEmpty()) {
      return machine;
    }
    long least = machine.getAsLong();
    Path groups = root.resolve("sys/fs/cgroup");
    for (Path group = groups.resolve(ownGroup(root.resolve("proc/self/cgroup")));
        group != null && group.startsWith(groups);
        group = group.getParent()) {
      least = Math.min(least, limitOf(group.resolve("memory.max")));
    }
    // The older layout (version 1).
    least = Math.min(least, limitOf(groups.resolve("memory/memory.limit_in_bytes")));
    return OptionalLong.of(least);
  }

  private static OptionalLong totalOf(Path meminfo) {
    for (String line : lines(meminfo)) {
      if (line.startsWith("MemTotal:")) {
        return OptionalLong.of(Long.parseLong(line.replaceAll("\\D", "")) * 1024);
      }
    }
    return OptionalLong.empty();
  }

  private static String ownGroup(Path file) {
    for (String line : lines(file)) {
      if (line.startsWith("0::/")) {
        return line.substring("0::/".length());
      }
    }
    return "";
  }

  private static long limitOf(Path file) {
    List<String> lines = lines(file);
    boolean bounded = !lines.isEmpty() && lines.get(0).matches("\\d{1,18}");
    return bounded ? Long.parseLong(lines.get(0)) : Long.MAX_VALUE;
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      return List.of();
    }
  }

  private static long bytesByManagement() {
    return java.lang.management.ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? system.getTotalMemorySize()
        : Runtime.getRuntime().maxMemory();
  }
}
