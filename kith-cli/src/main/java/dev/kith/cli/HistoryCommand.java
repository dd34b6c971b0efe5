package dev.kith.cli;

import dev.kith.cli.render.HistoryJson;
import dev.kith.cli.render.HistoryView;
import dev.kith.run.Workspace;
import dev.kith.run.release.HistoryEntry;
import dev.kith.run.release.ProjectReleases;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "history",
    description = "Lists runs and releases, the newest first, or shows one with all its steps.")
final class HistoryCommand implements Callable<Integer> {

  private final CliContext context;
  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private TableOrJson format = new TableOrJson();
  @Mixin private EnvironmentOption environment = new EnvironmentOption();

  @Parameters(
      arity = "0..1",
      paramLabel = "RUN_OR_RELEASE",
      description = "The id of a run, or a release: its number or id, 'current' or 'previous'.")
  private @Nullable String name;

  @Option(
      names = {"-n", "--limit"},
      paramLabel = "ENTRIES",
      defaultValue = "20",
      description = "The most runs and releases to list (default: ${DEFAULT-VALUE}).")
  private int limit;

  HistoryCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException {
    try (Workspace workspace = Workspaces.open(context, common.projectFolder(context))) {
      ProjectReleases releases = workspace.releases();
      HistoryView view =
          new HistoryView(context.terminal(), workspace.project().settings().timezone());
      if (name != null) {
        HistoryEntry entry = releases.entry(environment.name(context), name);
        if (format.isJson()) {
          HistoryJson.print(entry, context.terminal());
        } else {
          view.print(entry, entry.release().flatMap(releases::parent));
        }
        return 0;
      }
      var entries = releases.history(environment.name(context), limit);
      if (format.isJson()) {
        HistoryJson.print(entries, context.terminal());
      } else {
        view.print(
            entries,
            releases.current(environment.name(context)),
            releases.paused(environment.name(context)));
      }
      return 0;
    }
  }
}
