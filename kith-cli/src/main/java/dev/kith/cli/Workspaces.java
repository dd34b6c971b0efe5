package dev.kith.cli;

import dev.kith.engine.Engine;
import dev.kith.engine.duckdb.DuckDbEngine;
import dev.kith.engine.duckdb.DuckDbLimits;
import dev.kith.lake.Warehouse;
import dev.kith.model.definition.ProjectSettings;
import dev.kith.run.Workspace;
import java.nio.file.Path;

/** Opens projects with the engines that the command has. */
final class Workspaces {

  private Workspaces() {}

  static Workspace open(CliContext context, Path folder) {
    return Workspace.open(folder, Workspaces::duckDb, context::variable, context.clock());
  }

  private static Engine duckDb(Warehouse warehouse, ProjectSettings settings, Path folder) {
    ProjectSettings.Resources resources = settings.resources();
    Path temporary = folder.resolve(resources.temporaryFolder().orElse(".kith/tmp"));
    return DuckDbEngine.open(
        warehouse,
        new DuckDbLimits(
            resources.memoryBytes(), resources.threads(), temporary, resources.temporaryBytes()));
  }
}
