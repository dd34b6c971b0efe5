package dev.kith.cli;

import dev.kith.engine.Engine;
import dev.kith.engine.duckdb.DuckDbEngine;
import dev.kith.engine.duckdb.DuckDbLimits;
import dev.kith.lake.Release;
import dev.kith.lake.Warehouse;
import dev.kith.model.definition.ProjectSettings;
import dev.kith.run.Workspace;
import java.nio.file.Path;

/** Opens projects with the engines that the command has. */
final class Workspaces {

  private Workspaces() {}

  /** To work in production. */
  static Workspace open(CliContext context, Path folder) {
    return open(context, folder, Release.PRODUCTION);
  }

  static Workspace open(CliContext context, Path folder, String environment) {
    return Workspace.open(
        folder, Workspaces::duckDb, context::variable, context.clock(), environment);
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
