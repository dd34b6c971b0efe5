package dev.kith.cli;

import dev.kith.model.TableName;
import dev.kith.run.PromotionReport;
import dev.kith.run.Workspace;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "promote",
    description = "Publishes in production the very snapshots that an environment was tested with.")
final class PromoteCommand implements Callable<Integer> {

  private final CliContext context;
  @Mixin private CommonOptions common = new CommonOptions();

  @Parameters(index = "0", paramLabel = "ENV", description = "The environment.")
  private String environment = "";

  PromoteCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    String name = EnvironmentOption.checked(environment);
    try (Workspace workspace = Workspaces.open(context, common.projectFolder(context), name)) {
      PromotionReport report = workspace.promote();
      if (!common.quiet()) {
        print(report);
      }
      return 0;
    }
  }

  private void print(PromotionReport report) {
    PrintWriter out = context.terminal().out();
    if (report.published().isEmpty()) {
      out.println(
          "Nothing to promote: '"
              + environment
              + "' has built nothing that production does not have.");
      return;
    }
    print(out, "published", report.replaced());
    print(out, "removed", report.dropped());
    out.println(
        "Release "
            + report.published().get().id()
            + " is what "
            + report.tested().id()
            + " was tested with.");
  }

  private static void print(PrintWriter out, String what, List<TableName> names) {
    if (!names.isEmpty()) {
      out.println(
          names.stream()
              .map(TableName::toString)
              .collect(Collectors.joining(", ", what + " ", "")));
    }
  }
}
