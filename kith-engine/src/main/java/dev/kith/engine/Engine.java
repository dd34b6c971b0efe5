package dev.kith.engine;

import java.time.ZoneId;

/** Something that computes over the warehouse's tables: DuckDB in the process, or a cluster. */
public interface Engine extends AutoCloseable {

  /** As it is called in messages: {@code duckdb}. */
  String name();

  /** Which one it is, as runs record it: {@code DuckDB 1.2.3}. Told without starting it. */
  String version();

  /**
   * Opens a session of its own names and temporary tables.
   *
   * @param zone in which SQL truncates, formats and reads local times
   */
  Session open(ZoneId zone);

  /**
   * Stops what runs in any of its sessions. From then on every statement fails with {@link
   * EngineCode#CANCELLED}, in sessions that are opened later too. May be called from any thread.
   */
  void stop();

  @Override
  void close();
}
