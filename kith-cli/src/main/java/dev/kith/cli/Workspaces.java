package dev.kith.cli;

import dev.kith.Kith;
import dev.kith.OpenOptions;
import dev.kith.lake.Release;
import dev.kith.run.Workspace;
import java.nio.file.Path;

/** Opens projects in what a command is run in. */
final class Workspaces {

  private Workspaces() {}

  static Kith kith(CliContext context, Path folder, String environment) {
    return Kith.open(folder, new OpenOptions(environment, context::variable, context.clock()));
  }

  /** To work in production. */
  static Workspace open(CliContext context, Path folder) {
    return open(context, folder, Release.PRODUCTION);
  }

  /** For what the library does not say in words of its own. */
  static Workspace open(CliContext context, Path folder, String environment) {
    return kith(context, folder, environment).workspace();
  }
}
