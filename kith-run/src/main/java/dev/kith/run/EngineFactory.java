package dev.kith.run;

import dev.kith.engine.Engine;
import dev.kith.lake.Warehouse;
import dev.kith.model.definition.ProjectSettings;
import java.nio.file.Path;

/** Opens the engine that a project's settings ask for. */
public interface EngineFactory {

  /**
   * Opens an engine; the caller closes it.
   *
   * @param folder the project's
   */
  Engine open(Warehouse warehouse, ProjectSettings settings, Path folder);
}
