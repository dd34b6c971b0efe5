package dev.kith.cli;

import dev.kith.cli.render.PauseNote;
import dev.kith.lake.Environment.Pause;
import dev.kith.run.Workspace;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "resume", description = "Lets runs publish again after a rollback.")
final class ResumeCommand implements Callable<Integer> {

  private final CliContext context;
  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private EnvironmentOption environment = new EnvironmentOption();

  ResumeCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    try (Workspace workspace = Workspaces.open(context, common.projectFolder(context))) {
      Optional<Pause> pause = workspace.releases().resume(environment.name(context));
      if (!common.quiet()) {
        new PauseNote(context.terminal(), workspace.project().settings().timezone())
            .resumed(environment.name(context), pause);
      }
      return 0;
    }
  }
}
