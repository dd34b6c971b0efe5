package dev.kith.cli;

import dev.kith.cli.render.CleanView;
import dev.kith.run.CleaningReport;
import dev.kith.run.Workspace;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "clean",
    description = "Frees old releases, as 'keep:' in kith.yaml says, and all that only they need.")
final class CleanCommand implements Callable<Integer> {

  private final CliContext context;
  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private TableOrJson format = new TableOrJson();

  @Option(names = "--dry-run", description = "Only shows what would be freed.")
  private boolean dryRun;

  @Option(
      names = "--grace",
      paramLabel = "MINUTES",
      defaultValue = "15",
      description =
          "Files that nothing refers to stay if they are younger (default: ${DEFAULT-VALUE}).")
  private int grace;

  CleanCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException {
    try (Workspace workspace = Workspaces.open(context, common.projectFolder(context))) {
      CleaningReport report = workspace.clean(Duration.ofMinutes(Math.max(0, grace)), dryRun);
      CleanView view = new CleanView(context.terminal());
      if (format.isJson()) {
        view.json(report);
      } else if (!common.quiet()) {
        view.table(report);
      }
      return 0;
    }
  }
}
