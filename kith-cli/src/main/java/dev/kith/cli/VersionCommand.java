package dev.kith.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(name = "version", description = "Prints the versions of Kith and of Java.")
final class VersionCommand implements Callable<Integer> {

  private final CliContext context;

  VersionCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    for (String line : new Version().getVersion()) {
      context.terminal().out().println(line);
    }
    return 0;
  }
}
