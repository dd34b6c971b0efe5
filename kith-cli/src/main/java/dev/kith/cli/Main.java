package dev.kith.cli;

import dev.kith.cli.render.Terminal;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
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

  /** In the order of the help. */
  private static final List<String> COMMANDS =
      List.of(
          "init",
          "validate",
          "plan",
          "run",
          "promote",
          "env",
          "test",
          "query",
          "show",
          "asof",
          "ls",
          "history",
          "diff",
          "rollback",
          "resume",
          "clean",
          "repair",
          "lineage",
          "check",
          "checks",
          "demo",
          "schema",
          "completion",
          "version");

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
    CommandLine commands = commandLine(context, called(arguments));
    int exitCode = commands.execute(arguments.toArray(String[]::new));
    context.terminal().out().flush();
    context.terminal().err().flush();
    return exitCode;
  }

  /** With all commands. */
  static CommandLine commandLine(CliContext context) {
    return commandLine(context, name -> true);
  }

  /**
   * The command that is called, or all where that cannot be told. Options are found by reflection,
   * of all commands it takes longer than many a command itself.
   */
  private static Predicate<String> called(List<String> arguments) {
    String first = arguments.isEmpty() ? "" : arguments.get(0);
    return COMMANDS.contains(first) ? first::equals : name -> true;
  }

  private static CommandLine commandLine(CliContext context, Predicate<String> wanted) {
    CommandLine commands = new CommandLine(new Main());
    COMMANDS.stream()
        .filter(wanted)
        .forEach(name -> commands.addSubcommand(name, command(name, context)));
    addHelp(commands);
    FaultHandler faults = new FaultHandler(context);
    return commands
        .setOut(context.terminal().out())
        .setErr(context.terminal().err())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .registerConverter(When.class, When::parse)
        .registerConverter(Duration.class, Main::duration)
        .setUsageHelpWidth(Math.max(80, Math.min(100, context.terminal().width())))
        .setColorScheme(
            CommandLine.Help.defaultColorScheme(
                context.terminal().colour() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF))
        .setExecutionExceptionHandler(faults)
        .setParameterExceptionHandler(faults);
  }

  private static Object command(String name, CliContext context) {
    return switch (name) {
      case "init" -> new InitCommand(context);
      case "validate" -> new ValidateCommand(context);
      case "plan" -> new PlanCommand(context);
      case "run" -> new RunCommand(context);
      case "promote" -> new PromoteCommand(context);
      case "env" ->
          new CommandLine(new EnvironmentCommand())
              .addSubcommand("list", new EnvironmentListCommand(context))
              .addSubcommand("drop", new EnvironmentDropCommand(context));
      case "test" -> new TestCommand(context);
      case "query" -> new QueryCommand(context);
      case "show" -> new ShowCommand(context);
      case "asof" -> new AsOfCommand(context);
      case "ls" -> new ListCommand(context);
      case "history" -> new HistoryCommand(context);
      case "diff" -> new DiffCommand(context);
      case "rollback" -> new RollbackCommand(context);
      case "resume" -> new ResumeCommand(context);
      case "clean" -> new CleanCommand(context);
      case "repair" -> new RepairCommand(context);
      case "lineage" -> new LineageCommand(context);
      case "check" -> new CheckCommand(context);
      case "checks" ->
          new CommandLine(new ChecksCommand())
              .addSubcommand("suggest", new SuggestCommand(context));
      case "demo" -> new DemoCommand(context);
      case "schema" -> new SchemaCommand(context);
      case "completion" -> new CompletionCommand(context);
      case "version" -> new VersionCommand(context);
      default -> throw new IllegalArgumentException("Cannot find a command: " + name);
    };
  }

  private static void addHelp(CommandLine commands) {
    for (CommandLine command : commands.getSubcommands().values()) {
      command.getCommandSpec().addOption(help());
      addHelp(command);
    }
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
