package dev.kith.cli;

import dev.kith.cli.render.Terminal;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/** What a command is run in; handed to each, so that none reaches for the process's globals. */
record CliContext(
    Terminal terminal,
    Path workingFolder,
    Map<String, String> environment,
    Clock clock,
    Interruption interruption) {

  Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name));
  }
}
