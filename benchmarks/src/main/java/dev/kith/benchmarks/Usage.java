package dev.kith.benchmarks;

import java.util.List;

/**
 * What a process took from its start to its end.
 *
 * @param cpuSeconds of all its threads, in user and system mode
 * @param peakBytes the most physical memory that it held
 * @param readBytes through system calls, from the page cache or not
 * @param writtenBytes through system calls
 */
record Usage(double cpuSeconds, long peakBytes, long readBytes, long writtenBytes) {

  /** The files of /proc/self that {@link #parse} wants, in any order. */
  static final List<String> SOURCES = List.of("stat", "status", "io");

  /** The kernel reports processor time in this unit to programs, whatever its own is. */
  private static final double TICKS_PER_SECOND = 100;

  static Usage parse(String text) {
    return new Usage(
        cpuTicks(text) / TICKS_PER_SECOND,
        number(text, "VmHWM:") * 1024,
        number(text, "rchar:"),
        number(text, "wchar:"));
  }

  /** Fields 14 and 15 of the line of stat; the second field, a name, may itself hold blanks. */
  private static long cpuTicks(String text) {
    String stat =
        text.lines()
            .filter(line -> line.matches("\\d+ \\(.*"))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("Cannot find stat in: " + text));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
  }

  private static long number(String text, String label) {
    String line =
        text.lines()
            .filter(each -> each.startsWith(label))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("Cannot find " + label));
    return Long.parseLong(line.substring(label.length()).replace("kB", "").strip());
  }
}
