package dev.kith.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "init", description = "Makes a small working project, commented, in a new folder.")
final class InitCommand implements Callable<Integer> {

  private final CliContext context;

  @Parameters(
      arity = "0..1",
      paramLabel = "DIR",
      defaultValue = ".",
      description = "The folder to make (default: here, if it is empty).")
  private Path folder = Path.of(".");

  InitCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    Path target = context.workingFolder().resolve(folder).normalize();
    ProjectFolder.write(target, InitCommand.class, "/kith/init");
    PrintWriter out = context.terminal().out();
    out.println("Made a project in " + folder + ". Next:");
    if (!target.equals(context.workingFolder())) {
      out.println("  cd " + folder);
    }
    out.println("  kith run");
    out.println("  kith show customer 2");
    return 0;
  }
}
