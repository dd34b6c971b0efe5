package dev.kith.cli;

import dev.kith.run.Workspace;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "suggest",
    description =
        "Looks at a table or profile and prints checks that it passes, as YAML with the reasons.")
final class SuggestCommand implements Callable<Integer> {

  private final CliContext context;
  @Mixin private CommonOptions common = new CommonOptions();

  @Parameters(paramLabel = "TABLE", description = "A table or profile of the current release.")
  private String table = "";

  SuggestCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    try (Workspace workspace = Workspaces.open(context, common.projectFolder(context))) {
      context.terminal().out().print(workspace.suggestChecks(CheckCommand.table(table)));
      return 0;
    }
  }
}
