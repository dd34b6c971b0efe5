package dev.kith.cli;

import dev.kith.lake.Release;
import picocli.CommandLine.Option;

/** The option that says which chain of releases is meant. */
final class EnvironmentOption {

  @Option(
      names = {"-e", "--env"},
      paramLabel = "ENVIRONMENT",
      defaultValue = Release.PRODUCTION,
      description = "The environment (default: ${DEFAULT-VALUE}).")
  private String name = Release.PRODUCTION;

  String name() {
    return name;
  }
}
