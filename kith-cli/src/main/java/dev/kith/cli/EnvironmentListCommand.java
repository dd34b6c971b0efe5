package dev.kith.cli;

import dev.kith.cli.render.EnvironmentTable;
import dev.kith.run.Workspace;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "list",
    description = "Lists environments: their releases, what these build on, when they expire.")
final class EnvironmentListCommand implements Callable<Integer> {

  private final CliContext context;
  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private TableOrJson format = new TableOrJson();

  EnvironmentListCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException {
    try (Workspace workspace = Workspaces.open(context, common.projectFolder(context))) {
      EnvironmentTable table =
          new EnvironmentTable(
              context.terminal(),
              workspace.project().settings().timezone(),
              context.clock().instant());
      if (format.isJson()) {
        table.json(workspace.environments());
      } else {
        table.print(workspace.environments());
      }
      return 0;
    }
  }
}
