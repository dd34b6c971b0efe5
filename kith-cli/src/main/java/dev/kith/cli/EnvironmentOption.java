package dev.kith.cli;

import dev.kith.lake.EnvironmentName;
import dev.kith.lake.Release;
import dev.kith.model.KithException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option of commands that work in one environment. */
final class EnvironmentOption {

  private static final String VARIABLE = "KITH_ENV";

  @Option(
      names = {"-e", "--env"},
      paramLabel = "NAME",
      description =
          "The environment to work in; else that of the variable KITH_ENV, else production.")
  private @Nullable String environment;

  /** What was asked for, if anything was. */
  Optional<String> named(CliContext context) {
    return Optional.ofNullable(environment)
        .or(() -> context.variable(VARIABLE).filter(name -> !name.isBlank()))
        .map(EnvironmentOption::checked);
  }

  /** What was asked for, or production. */
  String name(CliContext context) {
    return named(context).orElse(Release.PRODUCTION);
  }

  /** A name that an environment may have. */
  static String checked(String name) {
    if (!EnvironmentName.isValid(name)) {
      throw KithException.usage(
              CliCode.NOT_AN_ENVIRONMENT, name, "Cannot be the name of an environment: " + name)
          .withHelp("a small letter, then small letters, digits, _ and -, 40 in all at most");
    }
    return name;
  }
}
