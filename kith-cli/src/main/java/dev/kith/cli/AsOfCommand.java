package dev.kith.cli;

import dev.kith.cli.render.AsOfNotes;
import dev.kith.engine.ExportFormat;
import dev.kith.engine.Rows;
import dev.kith.measures.Knowledge;
import dev.kith.model.TableName;
import dev.kith.run.Workspace;
import dev.kith.run.asof.AsOfAnswer;
import dev.kith.run.asof.AsOfQuestion;
import dev.kith.run.asof.InstantOfRow;
import dev.kith.run.asof.RowsOrigin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "asof",
    description = "Tells how people were at given instants: rows with columns of a profile.")
final class AsOfCommand implements Callable<Integer> {

  private final CliContext context;
  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private EnvironmentOption environment = new EnvironmentOption();

  @Parameters(paramLabel = "PROFILE", description = "Whose columns are asked for.")
  private String profile = "";

  @Option(
      names = "--keys",
      required = true,
      paramLabel = "FILE|SQL",
      description =
          "The rows to answer: a file (.csv, .tsv, .json, .ndjson, .parquet), or a SELECT over the"
              + " current release. They have the profile's key; other columns pass through.")
  private String keys = "";

  @Option(
      names = "--at",
      required = true,
      paramLabel = "COLUMN|TIME",
      description =
          "The column with each row's instant, or one for all, such as 2026-01-31, '2026-01-31"
              + " 18:00' (in the project's zone) or 2026-01-31T18:00:00Z.")
  private String at = "";

  @Option(
      names = "--columns",
      paramLabel = "NAME",
      split = ",",
      description = "Columns of the profile, with commas between; all by default.")
  private List<String> columns = List.of();

  @Option(
      names = "--known",
      paramLabel = "NOW|THEN",
      defaultValue = "NOW",
      description =
          "Counts all rows there are now, or only those that had been ingested by the instant"
              + " (default: ${DEFAULT-VALUE}).")
  private Knowledge known = Knowledge.NOW;

  @Mixin private ResultOptions result = new ResultOptions();

  AsOfCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException {
    result.check();
    Path folder = common.projectFolder(context);
    TableName name = CheckCommand.table(profile);
    try (Workspace workspace = Workspaces.open(context, folder, environment.name(context));
        Interruption.Work work = context.interruption().stoppable(workspace::stop)) {
      ZoneId zone = workspace.project().settings().timezone();
      AsOfQuestion question = new AsOfQuestion(rows(), instant(zone), columns, known);
      try (AsOfAnswer answer = workspace.asOf(name, question)) {
        result.write(new OfAnswer(answer), context, zone);
        if (!common.quiet()) {
          AsOfNotes.print(answer.counts(), context.terminal());
        }
      }
      return 0;
    }
  }

  /** What has spaces and names no file is a query: no file that is only misspelt looks like one. */
  private RowsOrigin rows() {
    Path file = keys.contains("\n") ? null : context.workingFolder().resolve(keys);
    boolean query = keys.strip().contains(" ") && (file == null || !Files.exists(file));
    return query || file == null ? new RowsOrigin.Query(keys) : new RowsOrigin.File(file, keys);
  }

  private InstantOfRow instant(ZoneId zone) {
    boolean time = !at.isEmpty() && Character.isDigit(at.charAt(0));
    return time
        ? new InstantOfRow.Fixed(WhichRelease.instant(at, zone))
        : new InstantOfRow.InColumn(at);
  }

  private record OfAnswer(AsOfAnswer answer) implements ResultOptions.Result {
    @Override
    public Rows rows() {
      return answer.rows();
    }

    @Override
    public long export(Path file, ExportFormat format) {
      return answer.export(file, format);
    }
  }
}
