package dev.kith.cli;

import dev.kith.cli.render.DiagnosticView;
import dev.kith.cli.render.Terminal;
import dev.kith.cli.render.Terminal.Style;
import dev.kith.model.FaultCategory;
import dev.kith.model.KithException;
import dev.kith.model.ProjectFaultException;
import dev.kith.run.fault.RunCode;
import java.util.Arrays;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns what a command throws into a message for people and an exit code for programs. */
final class FaultHandler implements IExecutionExceptionHandler, IParameterExceptionHandler {

  private static final int USAGE = FaultCategory.USAGE.exitCode();

  private final CliContext context;

  FaultHandler(CliContext context) {
    this.context = context;
  }

  @Override
  public int handleExecutionException(Exception fault, CommandLine command, ParseResult parsed) {
    Terminal terminal = context.terminal();
    terminal.out().flush();
    if (terminal.live()) {
      terminal.err().print("\r\u001b[K");
    }
    int exitCode;
    if (fault instanceof KithException kith && kith.code() == RunCode.STOPPED) {
      terminal.err().println(kith.getMessage());
      exitCode = context.interruption().exitCode();
    } else if (fault instanceof ProjectFaultException project) {
      new DiagnosticView(terminal, projectFolder(parsed)).print(project.diagnostics());
      exitCode = FaultCategory.PROJECT.exitCode();
    } else if (fault instanceof KithException kith) {
      print("error[" + kith.code().id() + "]", String.valueOf(kith.getMessage()));
      kith.help().ifPresent(this::printHelp);
      exitCode = kith.category().exitCode();
    } else {
      print("bug", fault.getClass().getSimpleName() + ": " + fault.getMessage());
      printHelp("this is a fault of Kith's: please report it with what --stacktrace prints");
      exitCode = FaultCategory.BUG.exitCode();
    }
    if (command.getCommand() instanceof Epilogue epilogue) {
      epilogue.afterFault().forEach(line -> terminal.err().println("  " + line));
    }
    if (wantsStackTrace(parsed)) {
      fault.printStackTrace(terminal.err());
    }
    terminal.err().flush();
    return exitCode;
  }

  @Override
  public int handleParseException(ParameterException fault, String[] arguments) {
    CommandLine command = fault.getCommandLine();
    if (arguments.length == 0) {
      command.usage(context.terminal().err());
      return USAGE;
    }
    print("error", String.valueOf(fault.getMessage()));
    if (!UnmatchedArgumentException.printSuggestions(fault, context.terminal().err())) {
      printHelp("'" + command.getCommandSpec().qualifiedName() + " --help' lists what it takes");
    }
    if (Arrays.asList(arguments).contains("--stacktrace")) {
      fault.printStackTrace(context.terminal().err());
    }
    context.terminal().err().flush();
    return USAGE;
  }

  private void print(String kind, String message) {
    Terminal terminal = context.terminal();
    terminal.err().println(terminal.style(Style.BAD, kind) + ": " + message);
  }

  private void printHelp(String help) {
    Terminal terminal = context.terminal();
    terminal.err().println("  " + terminal.style(Style.GOOD, "help: ") + help);
  }

  private java.nio.file.Path projectFolder(ParseResult parsed) {
    Object folder = option(parsed, "--project");
    if (folder instanceof java.nio.file.Path given) {
      return context.workingFolder().resolve(given);
    }
    java.nio.file.Path at = context.workingFolder();
    while (at.getParent() != null && !java.nio.file.Files.exists(at.resolve("kith.yaml"))) {
      at = at.getParent();
    }
    return at;
  }

  private static boolean wantsStackTrace(ParseResult parsed) {
    return Boolean.TRUE.equals(option(parsed, "--stacktrace"));
  }

  private static @org.jspecify.annotations.Nullable Object option(ParseResult parsed, String name) {
    ParseResult last = parsed;
    while (last.hasSubcommand()) {
      last = last.subcommand();
    }
    return last.matchedOptionValue(name, null);
  }
}
