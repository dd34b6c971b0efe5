package dev.kith;

import dev.kith.engine.Engine;
import dev.kith.engine.duckdb.DuckDbEngine;
import dev.kith.engine.duckdb.DuckDbLimits;
import dev.kith.lake.Warehouse;
import dev.kith.model.definition.ProjectSettings;
import java.nio.file.Path;

/** The engines that projects can ask for. */
final class Engines {

  private Engines() {}

  static Engine open(Warehouse warehouse, ProjectSettings settings, Path folder) {
    ProjectSettings.Resources resources = settings.resources();
    Path temporary = folder.resolve(resources.temporaryFolder().orElse(".kith/tmp"));
    return DuckDbEngine.open(
        warehouse,
        new DuckDbLimits(
            resources.memoryBytes(), resources.threads(), temporary, resources.temporaryBytes()));
  }
}
