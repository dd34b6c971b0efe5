package dev.kith.engine.duckdb;

import java.lang.reflect.Field;

/**
 * The driver's event for Java Flight Recorder, which tells how much memory DuckDB takes. To
 * register it costs every process a fifth of a second of work, recorded or not, and the driver has
 * no setting for it.
 */
final class MemoryEvent {

  private MemoryEvent() {}

  /**
   * Lets the driver believe that it has registered the event; to be called before its first use.
   *
   * @return false if the driver keeps its account elsewhere in this version, and goes on as ever
   */
  static boolean leaveOut() {
    try {
      Field registered =
          Class.forName("org.duckdb.DuckDBMemoryMonitor").getDeclaredField("initialized");
      registered.setAccessible(true);
      registered.setBoolean(null, true);
      return true;
    } catch (ReflectiveOperationException | RuntimeException e) {
      return false;
    }
  }
}
