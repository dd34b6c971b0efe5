package dev.kith.cli;

import dev.kith.cli.render.DiffJson;
import dev.kith.cli.render.DiffView;
import dev.kith.lake.Release;
import dev.kith.run.Workspace;
import dev.kith.run.difference.DifferenceOptions;
import dev.kith.run.difference.ReleaseDifference;
import dev.kith.run.release.ReleaseReference;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "diff",
    description = "Shows how two releases differ: columns, rows, and samples of them.")
final class DiffCommand implements Callable<Integer> {

  private static final int DIFFERENT = 1;

  enum Format {
    TEXT,
    JSON
  }

  private final CliContext context;
  @Mixin private CommonOptions common = new CommonOptions();

  @Parameters(
      index = "0",
      paramLabel = "A",
      description =
          "A release: its number or id, 'current', 'previous', an environment, or"
              + " ENVIRONMENT:NUMBER.")
  private String before = "";

  @Parameters(index = "1", paramLabel = "B", description = "The release to compare it with.")
  private String after = "";

  @Parameters(
      index = "2..*",
      arity = "0..*",
      paramLabel = "TABLE",
      description = "Compares only these tables.")
  private List<String> tables = new ArrayList<>();

  @Option(
      names = "--samples",
      paramLabel = "ROWS",
      defaultValue = "5",
      description = "The most rows of each kind to show of a table (default: ${DEFAULT-VALUE}).")
  private int samples;

  @Option(names = "--exit-code", description = "Ends with exit code 1 if there is a difference.")
  private boolean exitCode;

  @Option(
      names = {"-f", "--format"},
      paramLabel = "FORMAT",
      defaultValue = "TEXT",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Format format = Format.TEXT;

  DiffCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException {
    DifferenceOptions options =
        new DifferenceOptions(
            tables.stream().map(CheckCommand::table).toList(), Math.max(0, samples));
    try (Workspace workspace = Workspaces.open(context, common.projectFolder(context))) {
      ReleaseDifference difference =
          workspace.diff(
              new ReleaseReference.Named(Release.PRODUCTION, before),
              new ReleaseReference.Named(Release.PRODUCTION, after),
              options);
      if (format == Format.JSON) {
        DiffJson.print(difference, context.terminal());
      } else if (!common.quiet()) {
        new DiffView(context.terminal(), workspace.project().settings().timezone())
            .print(difference);
      }
      return exitCode && !difference.isNone() ? DIFFERENT : 0;
    }
  }
}
