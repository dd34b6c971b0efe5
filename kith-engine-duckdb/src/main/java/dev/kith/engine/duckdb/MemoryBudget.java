package dev.kith.engine.duckdb;

import dev.kith.engine.EngineCode;
import dev.kith.model.KithException;
import java.util.Locale;

/**
 * Shares the memory of the process out: the Java heap, DuckDB, and a reserve for what neither
 * counts (class data, compiled code, thread stacks, buffers of readers and writers).
 *
 * @param engineBytes what DuckDB may take
 */
record MemoryBudget(long engineBytes) {

  private static final long MEBIBYTE = 1L << 20;

  /** What a JVM takes beside its heap, measured with Iceberg and DuckDB loaded. */
  private static final long RESERVE = 256 * MEBIBYTE;

  /** With less, DuckDB can't even sort a few columns. */
  private static final long LEAST = 192 * MEBIBYTE;

  private static final double SHARE_OF_MACHINE = 0.6;

  /** DuckDB counts its buffers, and the allocator below it keeps some more. */
  private static final double COUNTED = 0.9;

  /**
   * @param processBytes the bound of the whole process
   * @param heapBytes the most that the Java heap may grow to
   */
  static MemoryBudget of(long processBytes, long heapBytes) {
    long engine = (long) ((processBytes - heapBytes - RESERVE) * COUNTED);
    if (engine < LEAST) {
      long needed = (long) (LEAST / COUNTED) + heapBytes + RESERVE;
      throw KithException.usage(
              EngineCode.MEMORY_TOO_SMALL,
              "memory",
              "Cannot work in %s of memory: %s are the least, since the Java heap may take %s"
                  .formatted(text(processBytes), text(needed), text(heapBytes)))
          .withHelp("raise 'memory:' in kith.yaml, or start Java with a smaller heap (-Xmx)");
    }
    return new MemoryBudget(engine);
  }

  /** The default bound of the process on this machine. */
  static long defaultProcessBytes() {
    return (long) (MachineMemory.bytes() * SHARE_OF_MACHINE);
  }

  private static String text(long bytes) {
    return String.format(Locale.ROOT, "%d MB", Math.round(bytes / (double) MEBIBYTE));
  }
}
