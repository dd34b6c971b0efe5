package dev.kith.cli;

import dev.kith.cli.render.TableListing;
import dev.kith.run.ReleaseReader;
import dev.kith.run.Workspace;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "ls",
    description = "Lists the tables of a release: rows, size, columns, freshness.")
final class ListCommand implements Callable<Integer> {

  private final CliContext context;
  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private TableOrJson format = new TableOrJson();
  @Mixin private EnvironmentOption environment = new EnvironmentOption();
  @Mixin private WhichRelease which = new WhichRelease();

  ListCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException {
    try (Workspace workspace =
            Workspaces.open(context, common.projectFolder(context), environment.name(context));
        ReleaseReader reader = which.reader(workspace)) {
      TableListing listing = new TableListing(context.terminal(), context.clock().instant());
      if (format.isJson()) {
        listing.json(reader.tables());
      } else {
        listing.table(reader.tables());
      }
      return 0;
    }
  }
}
