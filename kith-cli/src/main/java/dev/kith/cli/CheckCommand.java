package dev.kith.cli;

import dev.kith.cli.render.CheckListing;
import dev.kith.model.FaultCategory;
import dev.kith.model.KithException;
import dev.kith.model.TableName;
import dev.kith.run.CheckOptions;
import dev.kith.run.CheckReport;
import dev.kith.run.Workspace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "check",
    description = "Runs the checks of tables and profiles on what is published; builds nothing.")
final class CheckCommand implements Callable<Integer> {

  private final CliContext context;
  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private TableOrJson format = new TableOrJson();
  @Mixin private EnvironmentOption environment = new EnvironmentOption();

  @Parameters(
      paramLabel = "TABLE",
      arity = "0..*",
      description = "Tables and profiles to check; all that have checks by default.")
  private List<String> tables = new ArrayList<>();

  @Mixin private WhichRelease which = new WhichRelease();

  CheckCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException {
    List<TableName> names = tables.stream().map(CheckCommand::table).toList();
    try (Workspace workspace =
        Workspaces.open(context, common.projectFolder(context), environment.name(context))) {
      CheckReport report =
          workspace.check(new CheckOptions(names, which.release(workspace)), event -> {});
      CheckListing listing = new CheckListing(context.terminal());
      if (format.isJson()) {
        listing.json(report);
      } else {
        listing.table(report);
      }
      return report.passed() ? 0 : FaultCategory.CHECK.exitCode();
    }
  }

  static TableName table(String text) {
    try {
      return TableName.parse(text);
    } catch (IllegalArgumentException e) {
      throw KithException.usage(CliCode.NOT_A_TABLE, text, "Cannot be the name of a table: " + text)
          .withHelp("'kith ls' lists what there is");
    }
  }
}
