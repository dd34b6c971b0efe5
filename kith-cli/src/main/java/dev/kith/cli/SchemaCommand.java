package dev.kith.cli;

import dev.kith.model.KithException;
import dev.kith.project.JsonSchemas;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "schema",
    description = "Prints the JSON Schemas of a project's files, for editors that complete YAML.")
final class SchemaCommand implements Callable<Integer> {

  private final CliContext context;

  @Parameters(arity = "0..1", paramLabel = "KIND", description = "One of them, such as profile.")
  private @Nullable String kind;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      description = "Writes each into a file of this folder.")
  private @Nullable Path output;

  SchemaCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException {
    Map<String, String> schemas = JsonSchemas.all();
    if (output != null) {
      write(schemas, context.workingFolder().resolve(output));
      return 0;
    }
    for (Map.Entry<String, String> schema : schemas.entrySet()) {
      if (kind == null || schema.getKey().startsWith(kind)) {
        context.terminal().out().println(schema.getValue());
      }
    }
    if (kind != null && schemas.keySet().stream().noneMatch(name -> name.startsWith(kind))) {
      throw KithException.usage(CliCode.UNKNOWN_SCHEMA, kind, "Cannot find a schema for: " + kind)
          .withHelp("there are " + String.join(", ", schemas.keySet()));
    }
    return 0;
  }

  static void write(Map<String, String> schemas, Path folder) throws IOException {
    Files.createDirectories(folder);
    for (Map.Entry<String, String> schema : schemas.entrySet()) {
      Files.writeString(folder.resolve(schema.getKey()), schema.getValue());
    }
  }
}
