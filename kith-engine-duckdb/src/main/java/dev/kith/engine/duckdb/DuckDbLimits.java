package dev.kith.engine.duckdb;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What the engine may take of the machine.
 *
 * @param processBytes of memory, for the whole process with its Java heap; 60 % of the machine (or
 *     of the container) if empty
 * @param threads as many as there are processors if empty
 * @param temporaryFolder where work larger than memory spills; made if need be
 * @param temporaryBytes the most that may spill; 90 % of the free disk if empty
 */
public record DuckDbLimits(
    Optional<Long> processBytes,
    Optional<Integer> threads,
    Path temporaryFolder,
    Optional<Long> temporaryBytes) {

  public DuckDbLimits {
    temporaryFolder = temporaryFolder.toAbsolutePath().normalize();
  }

  /** All defaults. */
  public static DuckDbLimits of(Path temporaryFolder) {
    return new DuckDbLimits(Optional.empty(), Optional.empty(), temporaryFolder, Optional.empty());
  }
}
