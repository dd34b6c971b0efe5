package dev.kith.run;

import dev.kith.engine.Engine;
import dev.kith.lake.RepairReport;
import dev.kith.lake.Warehouse;
import dev.kith.lake.WarehouseLocation;
import dev.kith.model.definition.ProjectSettings;
import dev.kith.run.attempt.StopSignal;
import dev.kith.sql.Answers;
import dev.kith.sql.SqlAnalyzer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A project's warehouse, engine and analyzer, each opened when it is first needed and closed at the
 * end. Used by one thread, but for {@link #stop}.
 */
final class Resources implements AutoCloseable {

  private final Path folder;
  private final ProjectSettings settings;
  private final EngineFactory engines;
  private final Clock clock;
  private final StopSignal stop = new StopSignal();
  private @Nullable Warehouse warehouse;
  private volatile @Nullable Engine engine;
  private @Nullable SqlAnalyzer analyzer;
  private @Nullable Answers answers;
  private @Nullable ScratchFolder scratch;

  Resources(Path folder, ProjectSettings settings, EngineFactory engines, Clock clock) {
    this.folder = folder;
    this.settings = settings;
    this.engines = engines;
    this.clock = clock;
  }

  Warehouse warehouse() {
    if (warehouse == null) {
      warehouse = Phases.during("warehouse", () -> Warehouse.open(location(), clock));
    }
    return warehouse;
  }

  /**
   * Opens the warehouse so that nothing can be written to it; where there is none yet, an empty one
   * stands for it that is thrown away. To be called before anything else asks for it.
   */
  void readOnly() {
    if (warehouse == null) {
      warehouse =
          Phases.during(
              "warehouse",
              () -> Warehouse.openExisting(location(), clock).orElseGet(this::nowhere));
    }
  }

  private Warehouse nowhere() {
    scratch = ScratchFolder.create();
    return Warehouse.open(WarehouseLocation.of(scratch.path(), Path.of("warehouse")), clock);
  }

  /** Makes the metadata database anew from the files of the warehouse, or mends it by them. */
  RepairReport repair() {
    if (warehouse != null) {
      throw new IllegalStateException("Cannot repair a warehouse that is in use");
    }
    return Warehouse.repair(location(), clock, Duration.ZERO);
  }

  private WarehouseLocation location() {
    return WarehouseLocation.of(folder, Path.of(settings.warehouse()));
  }

  Engine engine() {
    if (engine == null) {
      engine = engines.open(warehouse(), settings, folder);
      if (stop.isGiven()) {
        stop();
      }
    }
    return engine;
  }

  /** What the analyzer's engine has answered, from one process to the next. */
  Answers answers() {
    if (answers == null) {
      answers = Answers.in(folder.resolve(".kith/cache/sql"));
    }
    return answers;
  }

  SqlAnalyzer analyzer() {
    if (analyzer == null) {
      analyzer = new SqlAnalyzer(settings.timezone(), answers());
    }
    return analyzer;
  }

  /** Ends what the engine does, and lets a run end soon; may be called from any thread. */
  void stop() {
    stop.give();
    Engine running = engine;
    if (running != null) {
      running.stop();
    }
  }

  StopSignal stopSignal() {
    return stop;
  }

  @Override
  public void close() {
    if (analyzer != null) {
      analyzer.close();
    }
    if (engine != null) {
      engine.close();
    }
    if (warehouse != null) {
      warehouse.close();
    }
    if (scratch != null) {
      scratch.close();
    }
  }
}
