package dev.kith.cli;

import dev.kith.cli.render.DiagnosticView;
import dev.kith.cli.render.PlanJson;
import dev.kith.cli.render.PlanView;
import dev.kith.cli.render.RangeView;
import dev.kith.model.KithException;
import dev.kith.run.PlannedRange;
import dev.kith.run.PlannedRun;
import dev.kith.run.Workspace;
import dev.kith.run.plan.PlanFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "plan",
    description =
        "Shows what a run would do and why, and what changes for readers. Writes nothing.")
final class PlanCommand implements Callable<Integer> {

  enum Format {
    TEXT,
    JSON
  }

  private final CliContext context;
  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private EnvironmentOption environment = new EnvironmentOption();
  @Mixin private WhatToRun what = new WhatToRun();

  @Option(
      names = {"-f", "--format"},
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Format format = Format.TEXT;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description =
          "Writes the plan to a file, for 'kith run --plan FILE' to do exactly this or nothing.")
  private @Nullable Path output;

  PlanCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException {
    Path folder = common.projectFolder(context);
    if (output != null) {
      what.requireOneDay("--output");
    }
    try (Workspace workspace = Workspaces.open(context, folder, environment.name(context))) {
      Optional<PlannedRange> range = what.days().map(days -> workspace.plan(days, what.options()));
      PlannedRun planned =
          range.map(PlannedRange::next).orElseGet(() -> workspace.plan(what.options()));
      if (!planned.warnings().isEmpty()) {
        new DiagnosticView(context.terminal(), folder).print(planned.warnings());
      }
      if (format == Format.JSON) {
        PlanJson.print(planned, range.map(PlannedRange::progress), context.terminal());
      } else if (!common.quiet()) {
        new PlanView(context.terminal(), workspace.project().settings().timezone()).print(planned);
        range.map(PlannedRange::progress).ifPresent(new RangeView(context.terminal())::print);
      }
      if (output != null) {
        write(context.workingFolder().resolve(output), PlanFile.write(planned.pins()));
      }
      return 0;
    }
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw KithException.outside(
          CliCode.CANNOT_WRITE, file.toString(), "Cannot write the file: " + file, e);
    }
  }
}
