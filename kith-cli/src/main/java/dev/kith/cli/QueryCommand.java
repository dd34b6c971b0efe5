package dev.kith.cli;

import dev.kith.engine.ExportFormat;
import dev.kith.engine.Rows;
import dev.kith.run.ReleaseReader;
import dev.kith.run.Workspace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
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
    try (Workspace workspace =
            Workspaces.open(context, common.projectFolder(context), environment.name(context));
        ReleaseReader reader = which.reader(workspace)) {
      result.write(new OfQuery(reader, query), context, workspace.project().settings().timezone());
      return 0;
    }
  }

  private record OfQuery(ReleaseReader reader, String sql) implements ResultOptions.Result {
    @Override
    public Rows rows() {
      return reader.query(sql);
    }

    @Override
    public long export(Path file, ExportFormat format) {
      return reader.prepare(sql).export(file, format);
    }
  }
}
