package dev.kith.cli;

import dev.kith.cli.render.QueryOutput;
import dev.kith.cli.render.Values;
import dev.kith.engine.ExportFormat;
import dev.kith.engine.Rows;
import dev.kith.model.KithException;
import dev.kith.run.ReleaseReader;
import dev.kith.run.Workspace;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "query",
    description = "Runs a SQL query over the current release, or an earlier one.")
final class QueryCommand implements Callable<Integer> {

  enum Format {
    TABLE,
    JSON,
    NDJSON,
    CSV,
    PARQUET
  }

  private final CliContext context;
  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private EnvironmentOption environment = new EnvironmentOption();
  @Mixin private WhichRelease which = new WhichRelease();

  @Parameters(
      paramLabel = "SQL",
      description = "A SELECT in DuckDB's dialect; '-' reads it from standard input.")
  private String sql = "";

  @Option(
      names = {"-f", "--format"},
      paramLabel = "FORMAT",
      description =
          "${COMPLETION-CANDIDATES}; by default a table, or what the file's name ends in.")
  private @Nullable Format format;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Writes to a file, replacing it.")
  private @Nullable Path output;

  @Option(
      names = {"-n", "--limit"},
      paramLabel = "ROWS",
      defaultValue = "100",
      description = "The most rows of a table to print, 0 for all (default: ${DEFAULT-VALUE}).")
  private long limit;

  QueryCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException {
    String query =
        sql.equals("-") ? new String(System.in.readAllBytes(), StandardCharsets.UTF_8) : sql;
    Format chosen = chosenFormat();
    if (chosen == Format.PARQUET && output == null) {
      throw KithException.usage(
              CliCode.FORMAT_NEEDS_FILE, "parquet", "Cannot print Parquet to the terminal")
          .withHelp("name a file: --output result.parquet");
    }
    try (Workspace workspace =
            Workspaces.open(context, common.projectFolder(context), environment.name(context));
        ReleaseReader reader = which.reader(workspace)) {
      if (output == null) {
        Writer out = context.terminal().out();
        write(reader, query, chosen, out, workspace);
        out.flush();
      } else {
        writeFile(reader, query, chosen, context.workingFolder().resolve(output), workspace);
      }
      return 0;
    }
  }

  private Format chosenFormat() {
    if (format != null) {
      return format;
    }
    String name = output == null ? "" : output.toString();
    for (Format each : Format.values()) {
      if (name.endsWith("." + each.name().toLowerCase(java.util.Locale.ROOT))) {
        return each;
      }
    }
    return output == null ? Format.TABLE : Format.CSV;
  }

  private void writeFile(
      ReleaseReader reader, String query, Format chosen, Path file, Workspace workspace) {
    try {
      if (chosen == Format.PARQUET || chosen == Format.NDJSON) {
        reader.export(
            query, file, chosen == Format.PARQUET ? ExportFormat.PARQUET : ExportFormat.NDJSON);
        return;
      }
      try (Writer out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
        write(reader, query, chosen, out, workspace);
      }
    } catch (IOException e) {
      throw KithException.outside(
          CliCode.CANNOT_WRITE, file.toString(), "Cannot write the file: " + file, e);
    }
  }

  private void write(
      ReleaseReader reader, String query, Format chosen, Writer out, Workspace workspace)
      throws IOException {
    try (Rows rows = reader.query(query)) {
      switch (chosen) {
        case TABLE ->
            QueryOutput.table(
                rows,
                context.terminal(),
                new Values(workspace.project().settings().timezone()),
                limit);
        case JSON -> QueryOutput.json(rows, out);
        case NDJSON -> QueryOutput.ndjson(rows, out);
        case CSV -> QueryOutput.csv(rows, out);
        case PARQUET -> throw new IllegalStateException("Parquet is exported, not written");
      }
    }
  }
}
