package dev.kith.cli;

import dev.kith.cli.render.DiagnosticView;
import dev.kith.cli.render.ProgressView;
import dev.kith.cli.render.RunSummary;
import dev.kith.model.KithException;
import dev.kith.model.TableName;
import dev.kith.run.BackfillReport;
import dev.kith.run.DayRange;
import dev.kith.run.RunOptions;
import dev.kith.run.RunReport;
import dev.kith.run.Workspace;
import dev.kith.run.plan.PlanFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "run",
    description = "Reads what is new, builds what is out of date, and publishes the result.")
final class RunCommand implements Callable<Integer>, Epilogue {

  private final CliContext context;
  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private EnvironmentOption environment = new EnvironmentOption();

  @Mixin private WhatToRun what = new WhatToRun();

  @Option(
      names = "--keep-going",
      description =
          "Goes on with what does not depend on a table that failed; nothing is published then.")
  private boolean keepGoing;

  @Option(
      names = "--plan",
      paramLabel = "FILE",
      description = "Does exactly what this plan of 'kith plan -o FILE' shows, or says why not.")
  private @Nullable Path plan;

  @Option(
      names = "--wait",
      paramLabel = "TIME",
      description = "Waits this long for another run to end, such as 10m; else fails at once.")
  private Duration wait = Duration.ZERO;

  private final FaultNotes notes = new FaultNotes();

  RunCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    Path folder = common.projectFolder(context);
    RunOptions options = options();
    try (Workspace workspace = Workspaces.open(context, folder, options.environment());
        Interruption.Work work = context.interruption().stoppable(workspace::stop)) {
      EditorSchemas.refresh(folder);
      List<TableName> names = workspace.project().definitions().map(d -> d.name()).toList();
      ProgressView view =
          new ProgressView(
              context.terminal(),
              workspace.project().settings().timezone(),
              names,
              new DiagnosticView(context.terminal(), folder),
              common.quiet());
      RunSummary summary =
          new RunSummary(context.terminal(), workspace.project().settings().timezone());
      Optional<DayRange> days = what.days();
      if (days.isPresent()) {
        BackfillReport report = workspace.run(days.get(), options, notes.before(view));
        if (!common.quiet()) {
          summary.print(report);
        }
        return 0;
      }
      RunReport report = workspace.run(options, notes.before(view));
      if (!common.quiet()) {
        summary.print(report);
      }
      return 0;
    }
  }

  @Override
  public List<String> afterFault() {
    return notes.lines(context.workingFolder());
  }

  private RunOptions options() {
    boolean watched = context.terminal().live() && !common.quiet();
    return whatToDo().keepingGoing(keepGoing).waiting(wait).watched(watched);
  }

  private RunOptions whatToDo() {
    if (plan == null) {
      return what.options().in(environment.name(context));
    }
    what.requireOneDay("--plan");
    Path file = context.workingFolder().resolve(plan);
    try {
      return RunOptions.applying(PlanFile.read(Files.readString(file), plan.toString()));
    } catch (IOException e) {
      throw KithException.usage(
          CliCode.CANNOT_READ, plan.toString(), "Cannot read the file: " + plan);
    }
  }
}
