package dev.kith.cli;

import dev.kith.run.Workspace;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "drop",
    description =
        "Takes an environment away with all its releases; 'kith clean' then frees its tables.")
final class EnvironmentDropCommand implements Callable<Integer> {

  private final CliContext context;
  @Mixin private CommonOptions common = new CommonOptions();

  @Parameters(index = "0", paramLabel = "NAME", description = "The environment.")
  private String environment = "";

  EnvironmentDropCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    String name = EnvironmentOption.checked(environment);
    try (Workspace workspace = Workspaces.open(context, common.projectFolder(context), name)) {
      workspace.dropEnvironment();
      if (!common.quiet()) {
        context.terminal().out().println("Dropped '" + name + "'.");
      }
      return 0;
    }
  }
}
