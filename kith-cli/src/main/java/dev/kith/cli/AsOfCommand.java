package dev.kith.cli;

import dev.kith.AsOfResult;
import dev.kith.Kith;
import dev.kith.cli.render.AsOfNotes;
import dev.kith.model.TableName;
import dev.kith.model.definition.Knowledge;
import dev.kith.run.asof.AsOfQuestion;
import dev.kith.run.asof.InstantOfRow;
import dev.kith.run.asof.RowsOrigin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "asof",
    description =
        "Tells how people were at given instants: rows with columns of a profile, or a dataset.")
final class AsOfCommand implements Callable<Integer> {

  private final CliContext context;
  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private EnvironmentOption environment = new EnvironmentOption();

  @Parameters(
      paramLabel = "NAME",
      description = "A profile, with --keys and --at; or a dataset, which says both itself.")
  private String name = "";

  @Option(
      names = "--keys",
      paramLabel = "FILE|SQL",
      description =
          "The rows to answer: a file (.csv, .tsv, .json, .ndjson, .parquet), or a SELECT over the"
              + " current release. They have the profile's key; other columns pass through.")
  private @Nullable String keys;

  @Option(
      names = "--at",
      paramLabel = "COLUMN|TIME",
      description =
          "The column with each row's instant, or one for all, such as 2026-01-31, '2026-01-31"
              + " 18:00' (in the project's zone) or 2026-01-31T18:00:00Z.")
  private @Nullable String at;

  @Option(
      names = "--columns",
      paramLabel = "NAME",
      split = ",",
      description = "The columns that are wanted, with commas between; all by default.")
  private List<String> columns = List.of();

  @Option(
      names = "--known",
      paramLabel = "NOW|THEN",
      description =
          "Counts all rows there are now, which is the default, or only those that had been ingested"
              + " by the instant.")
  private @Nullable Knowledge known;

  @Mixin private ResultOptions result = new ResultOptions();

  AsOfCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException {
    result.check();
    Path folder = common.projectFolder(context);
    TableName asked = CheckCommand.table(name);
    try (Kith kith = Workspaces.kith(context, folder, environment.name(context));
        Interruption.Work work = context.interruption().stoppable(kith::stop)) {
      ZoneId zone = kith.zone();
      AsOfQuestion question =
          new AsOfQuestion(
              Optional.ofNullable(keys).map(this::rows),
              Optional.ofNullable(at).map(text -> instant(text, zone)),
              columns,
              Optional.ofNullable(known));
      try (AsOfResult answer = kith.asOf(asked.toString(), question)) {
        result.write(answer, context, zone);
        if (!common.quiet()) {
          AsOfNotes.print(answer.counts(), context.terminal());
        }
      }
      return 0;
    }
  }

  /** What has spaces and names no file is a query: no file that is only misspelt looks like one. */
  private RowsOrigin rows(String text) {
    boolean query = text.strip().matches("(?s).*\\s.*");
    if (query && (text.contains("\n") || !Files.exists(context.workingFolder().resolve(text)))) {
      return new RowsOrigin.Query(text);
    }
    return new RowsOrigin.File(context.workingFolder().resolve(text), text);
  }

  private static InstantOfRow instant(String text, ZoneId zone) {
    return !text.isEmpty() && Character.isDigit(text.charAt(0))
        ? new InstantOfRow.Fixed(WhichRelease.instant(text, zone))
        : new InstantOfRow.InColumn(text);
  }
}
