package dev.kith.engine.duckdb;

import dev.kith.engine.Engine;
import dev.kith.engine.RandomisedWriteContract;
import dev.kith.engine.ReadContract;
import dev.kith.engine.ResilienceContract;
import dev.kith.engine.TypeContract;
import dev.kith.engine.WriteContract;
import dev.kith.lake.Warehouse;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Nested;

/** The contracts of every engine, for this one. */
class DuckDbEngineTest {

  private static Engine duckDb(Warehouse warehouse, Path temporaryFolder) {
    return DuckDbEngine.open(warehouse, DuckDbLimits.of(temporaryFolder));
  }

  @Nested
  class Reads extends ReadContract {
    @Override
    protected Engine open(Warehouse over, Path temporaryFolder) {
      return duckDb(over, temporaryFolder);
    }
  }

  @Nested
  class Types extends TypeContract {
    @Override
    protected Engine open(Warehouse over, Path temporaryFolder) {
      return duckDb(over, temporaryFolder);
    }
  }

  @Nested
  class Writes extends WriteContract {
    @Override
    protected Engine open(Warehouse over, Path temporaryFolder) {
      return duckDb(over, temporaryFolder);
    }
  }

  @Nested
  class RandomisedWrites extends RandomisedWriteContract {
    @Override
    protected Engine open(Warehouse over, Path temporaryFolder) {
      return duckDb(over, temporaryFolder);
    }
  }

  @Nested
  class Resilience extends ResilienceContract {
    @Override
    protected Engine open(Warehouse over, Path temporaryFolder) {
      return duckDb(over, temporaryFolder);
    }

    @Override
    protected Engine small(Warehouse over, Path temporaryFolder, long temporaryBytes) {
      long process = Runtime.getRuntime().maxMemory() + (512L << 20);
      return DuckDbEngine.open(
          over,
          new DuckDbLimits(
              Optional.of(process), Optional.of(2), temporaryFolder, Optional.of(temporaryBytes)));
    }
  }
}
