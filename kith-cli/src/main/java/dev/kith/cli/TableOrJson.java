package dev.kith.cli;

import picocli.CommandLine.Option;

/** The option of commands that show something as a table, or as JSON to programs. */
final class TableOrJson {

  enum Format {
    TABLE,
    JSON
  }

  @Option(
      names = {"-f", "--format"},
      paramLabel = "FORMAT",
      defaultValue = "TABLE",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Format format = Format.TABLE;

  boolean isJson() {
    return format == Format.JSON;
  }
}
