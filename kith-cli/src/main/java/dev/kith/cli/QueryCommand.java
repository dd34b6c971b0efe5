package dev.kith.cli;

import dev.kith.Kith;
import dev.kith.Published;
import dev.kith.Result;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "query",
    description = "Runs a SQL query over the current release, or an earlier one.")
final class QueryCommand implements Callable<Integer> {

  private final CliContext context;
  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private EnvironmentOption environment = new EnvironmentOption();
  @Mixin private WhichRelease which = new WhichRelease();

  @Parameters(
      paramLabel = "SQL",
      description = "A SELECT in DuckDB's dialect; '-' reads it from standard input.")
  private String sql = "";

  @Mixin private ResultOptions result = new ResultOptions();

  QueryCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException {
    String query =
        sql.equals("-") ? new String(System.in.readAllBytes(), StandardCharsets.UTF_8) : sql;
    result.check();
    try (Kith kith =
            Workspaces.kith(context, common.projectFolder(context), environment.name(context));
        Published published = which.published(kith);
        Result rows = published.query(query)) {
      result.write(rows, context, kith.zone());
      return 0;
    }
  }
}
