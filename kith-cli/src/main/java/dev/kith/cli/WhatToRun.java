package dev.kith.cli;

import dev.kith.run.RunOptions;
import dev.kith.run.plan.Selection;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that say what a run is to bring up to date. */
final class WhatToRun {

  @Option(
      names = {"-s", "--select"},
      paramLabel = "TERM",
      split = ",",
      description =
          "Only these tables: a name, a pattern with *, tag:NAME or owner:NAME; +TERM adds what"
              + " they are made of, TERM+ what reads them.")
  private List<String> select = new ArrayList<>();

  @Option(
      names = "--exclude",
      paramLabel = "TERM",
      split = ",",
      description = "Not these tables, in the same terms.")
  private List<String> exclude = new ArrayList<>();

  @Option(
      names = "--full-refresh",
      description = "Builds every table and profile anew; sources still read only what is new.")
  private boolean fullRefresh;

  @Option(
      names = "--as-of",
      paramLabel = "DATE",
      description = "Builds profiles as of the start of this day, such as 2026-01-31.")
  private @Nullable LocalDate asOf;

  RunOptions options() {
    RunOptions options =
        RunOptions.DEFAULT.selecting(new Selection(select, exclude)).refreshing(fullRefresh);
    return asOf == null ? options : options.asOf(asOf);
  }
}
