package dev.kith.cli;

import dev.kith.Result;
import dev.kith.cli.render.QueryOutput;
import dev.kith.cli.render.Values;
import dev.kith.engine.ExportFormat;
import dev.kith.model.KithException;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that say in what form rows are written, and where to. */
final class ResultOptions {

  enum Format {
    TABLE,
    JSON,
    NDJSON,
    CSV,
    PARQUET
  }

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

  /** To be called first: refuses what can't be before anything is computed. */
  void check() {
    if (chosen() == Format.PARQUET && output == null) {
      throw KithException.usage(
              CliCode.FORMAT_NEEDS_FILE, "parquet", "Cannot print Parquet to the terminal")
          .withHelp("name a file: --output result.parquet");
    }
  }

  /**
   * Writes all rows.
   *
   * @param zone in which people read times
   */
  void write(Result result, CliContext context, ZoneId zone) throws IOException {
    if (output == null) {
      Writer out = context.terminal().out();
      write(result, out, context, zone);
      out.flush();
    } else {
      writeFile(result, context.workingFolder().resolve(output), context, zone);
    }
  }

  private Format chosen() {
    if (format != null) {
      return format;
    }
    String name = output == null ? "" : output.toString();
    for (Format each : Format.values()) {
      if (name.endsWith("." + each.name().toLowerCase(Locale.ROOT))) {
        return each;
      }
    }
    return output == null ? Format.TABLE : Format.CSV;
  }

  private void writeFile(Result result, Path file, CliContext context, ZoneId zone) {
    Format chosen = chosen();
    try {
      if (chosen == Format.PARQUET || chosen == Format.NDJSON) {
        result.export(file, chosen == Format.PARQUET ? ExportFormat.PARQUET : ExportFormat.NDJSON);
        return;
      }
      try (Writer out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
        write(result, out, context, zone);
      }
    } catch (IOException e) {
      throw KithException.outside(
          CliCode.CANNOT_WRITE, file.toString(), "Cannot write the file: " + file, e);
    }
  }

  private void write(Result result, Writer out, CliContext context, ZoneId zone)
      throws IOException {
    switch (chosen()) {
      case TABLE -> QueryOutput.table(result, context.terminal(), new Values(zone), limit);
      case JSON -> QueryOutput.json(result.stream(), out);
      case NDJSON -> QueryOutput.ndjson(result.stream(), out);
      case CSV -> QueryOutput.csv(result, out);
      case PARQUET -> throw new IllegalStateException("Parquet is exported, not written");
    }
  }
}
