package dev.kith.run.build;

import dev.kith.engine.Engine;
import dev.kith.lake.Warehouse;
import dev.kith.model.definition.ProjectSettings;
import dev.kith.run.attempt.StopSignal;
import dev.kith.run.graph.Sampling;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;

/** Where a run takes place. */
public record Surroundings(
    Warehouse warehouse,
    Engine engine,
    Path folder,
    ProjectSettings settings,
    Sampling sampling,
    Clock clock,
    StopSignal stop) {

  /** The environment that the run is in. */
  public String environment() {
    return settings.environment().name();
  }

  /** Where days begin. */
  public ZoneId zone() {
    return settings.timezone();
  }
}
