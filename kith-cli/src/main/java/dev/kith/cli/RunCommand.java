package dev.kith.cli;

import dev.kith.cli.render.DiagnosticView;
import dev.kith.cli.render.ProgressView;
import dev.kith.cli.render.RunSummary;
import dev.kith.model.TableName;
import dev.kith.run.RunOptions;
import dev.kith.run.RunReport;
import dev.kith.run.Workspace;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "run",
    description = "Reads what is new, builds what is out of date, and publishes the result.")
final class RunCommand implements Callable<Integer> {

  private final CliContext context;
  @Mixin private CommonOptions common = new CommonOptions();

  @Option(
      names = "--full-refresh",
      description = "Builds every table and profile anew; sources still read only what is new.")
  private boolean fullRefresh;

  @Option(
      names = "--as-of",
      paramLabel = "DATE",
      description = "Builds profiles as of the start of this day, such as 2026-01-31.")
  private @Nullable LocalDate asOf;

  RunCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    Path folder = common.projectFolder(context);
    try (Workspace workspace = Workspaces.open(context, folder)) {
      EditorSchemas.refresh(folder);
      List<TableName> names = workspace.project().definitions().map(d -> d.name()).toList();
      ProgressView view =
          new ProgressView(
              context.terminal(),
              workspace.project().settings().timezone(),
              names,
              new DiagnosticView(context.terminal(), folder),
              common.quiet());
      RunReport report =
          workspace.run(new RunOptions(fullRefresh, Optional.ofNullable(asOf)), view);
      if (!common.quiet()) {
        RunSummary.print(report, context.terminal(), workspace.project().settings().timezone());
      }
      return 0;
    }
  }
}
