package dev.kith.cli;

import dev.kith.cli.render.Terminal;
import dev.kith.run.DayRange;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.OptionSpec;

/** The entry point of the {@code kith} command. */
@Command(
    name = "kith",
    description = "Keeps one complete, current profile of everyone an organisation serves.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
public final class Main {

  private static final Pattern DURATION = Pattern.compile("([0-9]{1,6})([smh])");

  private Main() {}

  /** Runs one command, and ends the process with its exit code. */
  public static void main(String[] arguments) {
    PrintWriter out = new PrintWriter(System.out, false, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    Path here = Path.of(System.getProperty("user.dir"));
    Interruption interruption = new Interruption(err);
    Signals.handle(interruption::signalled);
    Terminal terminal = Terminal.of(out, err, System.getenv());
    System.exit(
        run(
            List.of(arguments),
            new CliContext(terminal, here, System.getenv(), Clock.systemUTC(), interruption)));
  }

  /**
   * Runs one command within this process.
   *
   * @param folder that the command is run in, absolute
   * @return the exit code
   */
  public static int run(
      List<String> arguments,
      PrintWriter out,
      PrintWriter err,
      Map<String, String> environment,
      Path folder,
      Clock clock) {
    Terminal terminal = Terminal.of(out, err, environment);
    return run(
        arguments, new CliContext(terminal, folder, environment, clock, new Interruption(err)));
  }

  private static int run(List<String> arguments, CliContext context) {
    int exitCode = commandLine(context).execute(arguments.toArray(String[]::new));
    context.terminal().out().flush();
    context.terminal().err().flush();
    return exitCode;
  }

  static CommandLine commandLine(CliContext context) {
    CommandLine commands =
        new CommandLine(new Main())
            .addSubcommand("init", new InitCommand(context))
            .addSubcommand("validate", new ValidateCommand(context))
            .addSubcommand("plan", new PlanCommand(context))
            .addSubcommand("run", new RunCommand(context))
            .addSubcommand("promote", new PromoteCommand(context))
            .addSubcommand(
                "env",
                new CommandLine(new EnvironmentCommand())
                    .addSubcommand("list", new EnvironmentListCommand(context))
                    .addSubcommand("drop", new EnvironmentDropCommand(context)))
            .addSubcommand("test", new TestCommand(context))
            .addSubcommand("query", new QueryCommand(context))
            .addSubcommand("show", new ShowCommand(context))
            .addSubcommand("asof", new AsOfCommand(context))
            .addSubcommand("ls", new ListCommand(context))
            .addSubcommand("history", new HistoryCommand(context))
            .addSubcommand("diff", new DiffCommand(context))
            .addSubcommand("rollback", new RollbackCommand(context))
            .addSubcommand("resume", new ResumeCommand(context))
            .addSubcommand("clean", new CleanCommand(context))
            .addSubcommand("repair", new RepairCommand(context))
            .addSubcommand("lineage", new LineageCommand(context))
            .addSubcommand("check", new CheckCommand(context))
            .addSubcommand(
                "checks",
                new CommandLine(new ChecksCommand())
                    .addSubcommand("suggest", new SuggestCommand(context)))
            .addSubcommand("demo", new DemoCommand(context))
            .addSubcommand("schema", new SchemaCommand(context))
            .addSubcommand("completion", new CompletionCommand(context))
            .addSubcommand("version", new VersionCommand(context));
    addHelp(commands);
    FaultHandler faults = new FaultHandler(context);
    return commands
        .setOut(context.terminal().out())
        .setErr(context.terminal().err())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .registerConverter(DayRange.class, Main::days)
        .registerConverter(Duration.class, Main::duration)
        .setUsageHelpWidth(Math.max(80, Math.min(100, context.terminal().width())))
        .setColorScheme(
            CommandLine.Help.defaultColorScheme(
                context.terminal().colour() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF))
        .setExecutionExceptionHandler(faults)
        .setParameterExceptionHandler(faults);
  }

  private static void addHelp(CommandLine commands) {
    for (CommandLine command : commands.getSubcommands().values()) {
      command.getCommandSpec().addOption(help());
      addHelp(command);
    }
  }

  private static LocalDate date(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException e) {
      throw new CommandLine.TypeConversionException(
          "not a date such as 2026-01-31: '" + text + "'");
    }
  }

  /** A day, or a first and a last one. */
  private static DayRange days(String text) {
    int dots = text.indexOf("..");
    if (dots < 0) {
      LocalDate day = date(text);
      return new DayRange(day, day);
    }
    LocalDate first = date(text.substring(0, dots));
    LocalDate last = date(text.substring(dots + 2));
    if (first.isAfter(last)) {
      throw new CommandLine.TypeConversionException(
          "a range that ends before it begins: '" + text + "'");
    }
    return new DayRange(first, last);
  }

  private static Duration duration(String text) {
    Matcher matcher = DURATION.matcher(text);
    if (!matcher.matches()) {
      throw new CommandLine.TypeConversionException(
          "not a length of time such as 90s, 10m or 2h: '" + text + "'");
    }
    long count = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "s" -> Duration.ofSeconds(count);
      case "m" -> Duration.ofMinutes(count);
      default -> Duration.ofHours(count);
    };
  }

  private static OptionSpec help() {
    return OptionSpec.builder("-h", "--help")
        .usageHelp(true)
        .description("Shows this help.")
        .build();
  }
}
