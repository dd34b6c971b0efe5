package dev.kith.cli;

import dev.kith.Kith;
import dev.kith.Published;
import dev.kith.cli.render.TableListing;
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
    try (Kith kith =
            Workspaces.kith(context, common.projectFolder(context), environment.name(context));
        Published published = which.published(kith)) {
      TableListing listing = new TableListing(context.terminal(), context.clock().instant());
      if (format.isJson()) {
        listing.json(published.tables());
      } else {
        listing.table(published.tables());
      }
      return 0;
    }
  }
}
