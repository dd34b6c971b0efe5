package dev.kith.cli;

import dev.kith.cli.render.Terminal;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
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

  private Main() {}

  /** Runs one command, and ends the process with its exit code. */
  public static void main(String[] arguments) {
    PrintWriter out = new PrintWriter(System.out, false, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    Path here = Path.of(System.getProperty("user.dir"));
    System.exit(run(List.of(arguments), out, err, System.getenv(), here, Clock.systemUTC()));
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
    CliContext context =
        new CliContext(Terminal.of(out, err, environment), folder, environment, clock);
    int exitCode = commandLine(context).execute(arguments.toArray(String[]::new));
    out.flush();
    err.flush();
    return exitCode;
  }

  static CommandLine commandLine(CliContext context) {
    CommandLine commands =
        new CommandLine(new Main())
            .addSubcommand("init", new InitCommand(context))
            .addSubcommand("validate", new ValidateCommand(context))
            .addSubcommand("plan", new PlanCommand(context))
            .addSubcommand("run", new RunCommand(context))
            .addSubcommand("test", new TestCommand(context))
            .addSubcommand("query", new QueryCommand(context))
            .addSubcommand("show", new ShowCommand(context))
            .addSubcommand("ls", new ListCommand(context))
            .addSubcommand("history", new HistoryCommand(context))
            .addSubcommand("diff", new DiffCommand(context))
            .addSubcommand("rollback", new RollbackCommand(context))
            .addSubcommand("resume", new ResumeCommand(context))
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
        .registerConverter(LocalDate.class, Main::date)
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

  private static OptionSpec help() {
    return OptionSpec.builder("-h", "--help")
        .usageHelp(true)
        .description("Shows this help.")
        .build();
  }
}
