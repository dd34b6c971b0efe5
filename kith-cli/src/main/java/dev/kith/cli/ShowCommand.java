package dev.kith.cli;

import dev.kith.Kith;
import dev.kith.Published;
import dev.kith.Row;
import dev.kith.cli.render.ProfileCard;
import dev.kith.cli.render.QueryOutput;
import dev.kith.model.KithException;
import dev.kith.model.TableName;
import dev.kith.model.definition.ProfileDefinition;
import dev.kith.run.fault.RunCode;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
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
    try (Kith kith =
            Workspaces.kith(context, common.projectFolder(context), environment.name(context));
        Published published = which.published(kith)) {
      ProfileDefinition definition = definition(kith.workspace().project().profiles());
      String name = definition.name().toString();
      Optional<Row> person = published.show(name, key);
      if (format == Format.JSON) {
        QueryOutput.json(person.stream(), context.terminal().out());
      } else {
        new ProfileCard(context.terminal(), kith.zone())
            .print(
                definition, person.orElseThrow(() -> nobody(name)).toMap(), published.asOf(name));
      }
      return 0;
    }
  }

  private KithException nobody(String name) {
    return KithException.project(
        RunCode.UNKNOWN_KEY, name, "Cannot find anybody in '" + name + "' with the key: " + key);
  }

  private ProfileDefinition definition(List<ProfileDefinition> profiles) {
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
