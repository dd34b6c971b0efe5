package dev.kith.cli;

import dev.kith.cli.render.ProfileCard;
import dev.kith.cli.render.QueryOutput;
import dev.kith.engine.Rows;
import dev.kith.model.KithException;
import dev.kith.model.TableName;
import dev.kith.model.definition.ProfileDefinition;
import dev.kith.run.ReleaseReader;
import dev.kith.run.Workspace;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "show", description = "Prints the whole profile of one person.")
final class ShowCommand implements Callable<Integer> {

  enum Format {
    CARD,
    JSON
  }

  private final CliContext context;
  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private EnvironmentOption environment = new EnvironmentOption();
  @Mixin private WhichRelease which = new WhichRelease();

  @Parameters(index = "0", paramLabel = "PROFILE", description = "The profile's name.")
  private String profile = "";

  @Parameters(index = "1", paramLabel = "KEY", description = "The person's key.")
  private String key = "";

  @Option(
      names = {"-f", "--format"},
      paramLabel = "FORMAT",
      defaultValue = "CARD",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Format format = Format.CARD;

  ShowCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException {
    try (Workspace workspace =
            Workspaces.open(context, common.projectFolder(context), environment.name(context));
        ReleaseReader reader = which.reader(workspace)) {
      ProfileDefinition definition = definition(workspace);
      try (Rows rows = reader.lookup(definition, key)) {
        if (format == Format.JSON) {
          QueryOutput.json(rows, context.terminal().out());
        } else {
          print(definition, rows, reader, workspace);
        }
      }
      return 0;
    }
  }

  private void print(
      ProfileDefinition definition, Rows rows, ReleaseReader reader, Workspace workspace) {
    if (!rows.next()) {
      throw reader.nobody(definition, key);
    }
    Map<String, @Nullable Object> row = new LinkedHashMap<>();
    List<String> names = rows.schema().names();
    for (int column = 0; column < names.size(); column++) {
      row.put(names.get(column), rows.value(column));
    }
    new ProfileCard(context.terminal(), workspace.project().settings().timezone())
        .print(definition, row, reader.asOf(definition.name()));
  }

  private ProfileDefinition definition(Workspace workspace) {
    List<ProfileDefinition> profiles = workspace.project().profiles();
    return profiles.stream()
        .filter(each -> each.name().toString().equalsIgnoreCase(profile))
        .findFirst()
        .orElseThrow(
            () ->
                KithException.usage(
                        CliCode.NOT_A_PROFILE, profile, "Cannot find a profile named: " + profile)
                    .withHelp(
                        profiles.isEmpty()
                            ? "this project defines none"
                            : "there is "
                                + String.join(
                                    ", ",
                                    profiles.stream()
                                        .map(ProfileDefinition::name)
                                        .map(TableName::toString)
                                        .toList())));
  }
}
