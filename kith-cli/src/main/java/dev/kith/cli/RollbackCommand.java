package dev.kith.cli;

import dev.kith.cli.render.PauseNote;
import dev.kith.lake.Release;
import dev.kith.run.Workspace;
import dev.kith.run.release.ProjectReleases;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "rollback",
    description =
        "Gives readers back what an earlier release had, and pauses runs until 'kith resume'.")
final class RollbackCommand implements Callable<Integer> {

  private final CliContext context;
  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private EnvironmentOption environment = new EnvironmentOption();

  @Parameters(
      arity = "0..1",
      paramLabel = "RELEASE",
      defaultValue = "previous",
      description = "A number or id that 'kith history' lists (default: ${DEFAULT-VALUE}).")
  private String release = "previous";

  RollbackCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    try (Workspace workspace = Workspaces.open(context, common.projectFolder(context))) {
      ProjectReleases releases = workspace.releases();
      Release published = releases.rollback(environment.name(context), release);
      if (!common.quiet()) {
        new PauseNote(context.terminal(), workspace.project().settings().timezone())
            .rolledBack(published, releases.origin(published));
      }
      return 0;
    }
  }
}
