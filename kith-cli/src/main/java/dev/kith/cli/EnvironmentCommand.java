package dev.kith.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "env",
    description = "Lists environments, and takes one away.",
    synopsisSubcommandLabel = "COMMAND")
final class EnvironmentCommand implements Runnable {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Missing a command: list or drop");
  }
}
