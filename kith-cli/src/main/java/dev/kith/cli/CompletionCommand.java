package dev.kith.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;

@Command(
    name = "completion",
    description = {
      "Prints a script that completes commands and options in bash and zsh.",
      "Use it with:  source <(kith completion)"
    })
final class CompletionCommand implements Callable<Integer> {

  private final CliContext context;

  CompletionCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    context.terminal().out().print(AutoComplete.bash("kith", Main.commandLine(context)));
    return 0;
  }
}
