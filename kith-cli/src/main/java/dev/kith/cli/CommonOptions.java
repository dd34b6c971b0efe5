package dev.kith.cli;

import dev.kith.model.KithException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of every command that works on a project. */
final class CommonOptions {

  @Option(
      names = {"-C", "--project"},
      paramLabel = "DIR",
      description = "The project's folder; else the nearest one upwards that holds kith.yaml.")
  private @Nullable Path project;

  @Option(
      names = {"-q", "--quiet"},
      description = "Prints nothing but results and faults.")
  private boolean quiet;

  @Option(
      names = {"-v", "--verbose"},
      description = "Logs what is done to standard error.")
  private boolean verbose;

  @Option(names = "--stacktrace", description = "Prints where in Kith a fault arose.")
  private boolean stackTrace;

  boolean quiet() {
    return quiet;
  }

  boolean stackTrace() {
    return stackTrace;
  }

  /** The folder that holds kith.yaml. To be called first: it also sets how much is logged. */
  Path projectFolder(CliContext context) {
    if (verbose) {
      System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "info");
    }
    if (project != null) {
      Path folder = context.workingFolder().resolve(project).normalize();
      if (!Files.isRegularFile(folder.resolve("kith.yaml"))) {
        throw KithException.usage(
            CliCode.NO_PROJECT, project.toString(), "Cannot find kith.yaml in: " + project);
      }
      return folder;
    }
    for (Path folder = context.workingFolder(); folder != null; folder = folder.getParent()) {
      if (Files.isRegularFile(folder.resolve("kith.yaml"))) {
        return folder;
      }
    }
    throw KithException.usage(
            CliCode.NO_PROJECT, "kith.yaml", "Cannot find kith.yaml here or in a folder above")
        .withHelp("'kith init NAME' makes a project, 'kith demo' shows one at work");
  }
}
