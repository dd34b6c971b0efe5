package dev.kith.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The entry point of the {@code kith} command. */
@Command(
    name = "kith",
    description = "Keeps one complete, current profile of everyone an organisation serves.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = VersionCommand.class)
public final class Main {

  private Main() {}

  /** Runs one command, and ends the process with its exit code. */
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Main());
  }
}
