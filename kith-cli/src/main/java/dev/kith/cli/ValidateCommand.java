package dev.kith.cli;

import dev.kith.cli.render.DiagnosticView;
import dev.kith.model.Diagnostic;
import dev.kith.run.Workspace;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "validate",
    description = "Checks all definitions of the project, and reports every fault at once.")
final class ValidateCommand implements Callable<Integer> {

  private final CliContext context;
  @Mixin private CommonOptions common = new CommonOptions();

  ValidateCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    Path folder = common.projectFolder(context);
    try (Workspace workspace = Workspaces.open(context, folder)) {
      EditorSchemas.refresh(folder);
      List<Diagnostic> diagnostics = workspace.validate();
      new DiagnosticView(context.terminal(), folder).print(diagnostics);
      if (diagnostics.stream().anyMatch(Diagnostic::isError)) {
        return 1;
      }
      if (!common.quiet()) {
        context.terminal().out().println(summary(workspace));
      }
      return 0;
    }
  }

  private static String summary(Workspace workspace) {
    return "valid: "
        + counted(workspace.project().sources().size(), "source")
        + ", "
        + counted(workspace.project().tables().size(), "table")
        + ", "
        + counted(workspace.project().profiles().size(), "profile")
        + ", "
        + counted(workspace.project().tests().size(), "test");
  }

  private static String counted(int count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }
}
