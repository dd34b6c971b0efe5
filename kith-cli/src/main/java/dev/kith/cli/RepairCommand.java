package dev.kith.cli;

import dev.kith.cli.render.RepairView;
import dev.kith.lake.RepairReport;
import dev.kith.run.Workspace;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "repair",
    description = "Makes a lost or damaged metadata database anew from the warehouse's files.")
final class RepairCommand implements Callable<Integer> {

  private final CliContext context;
  @Mixin private CommonOptions common = new CommonOptions();

  RepairCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    try (Workspace workspace = Workspaces.open(context, common.projectFolder(context))) {
      RepairReport report = workspace.repair();
      if (!common.quiet()) {
        RepairView.print(report, context.terminal());
      }
      return 0;
    }
  }
}
