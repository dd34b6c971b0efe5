package dev.kith.cli;

import dev.kith.cli.render.EnvironmentTable;
import dev.kith.run.Workspace;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "list",
    description = "Lists environments: their releases, what these build on, when they expire.")
final class EnvironmentListCommand implements Callable<Integer> {

  enum Format {
    TABLE,
    JSON
  }

  private final CliContext context;
  @Mixin private CommonOptions common = new CommonOptions();

  @Option(
      names = {"-f", "--format"},
      paramLabel = "FORMAT",
      defaultValue = "TABLE",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Format format = Format.TABLE;

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
      if (format == Format.JSON) {
        table.json(workspace.environments());
      } else {
        table.print(workspace.environments());
      }
      return 0;
    }
  }
}
