package dev.kith.cli;

import dev.kith.cli.render.JUnitXml;
import dev.kith.cli.render.Terminal;
import dev.kith.cli.render.TestJson;
import dev.kith.cli.render.TestView;
import dev.kith.model.KithException;
import dev.kith.run.Workspace;
import dev.kith.run.testing.TestOutcome;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "test",
    description =
        "Runs the tests of definitions in tests/: given these rows, tables and profiles hold those."
            + " Neither the warehouse nor the data is needed.")
final class TestCommand implements Callable<Integer> {

  enum Format {
    TEXT,
    JUNIT,
    JSON
  }

  private final CliContext context;
  @Mixin private CommonOptions common = new CommonOptions();

  @Parameters(
      arity = "0..*",
      paramLabel = "NAME",
      description = "Names of tests, parts of them, or files in tests/ (default: all).")
  private List<String> names = List.of();

  @Option(
      names = {"-f", "--format"},
      paramLabel = "FORMAT",
      defaultValue = "TEXT",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Format format = Format.TEXT;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Writes JUNIT or JSON into this file, and text to the terminal.")
  private @Nullable Path output;

  TestCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException {
    Path folder = common.projectFolder(context);
    if (output != null && format == Format.TEXT) {
      throw KithException.usage(
              CliCode.FORMAT_NEEDS_FILE, "--output", "Cannot write text into a file: " + output)
          .withHelp("add '--format junit' or '--format json'");
    }
    try (Workspace workspace = Workspaces.open(context, folder)) {
      ZoneId zone = workspace.project().settings().timezone();
      Instant begin = context.clock().instant();
      TestView view = new TestView(context.terminal(), zone, common.quiet());
      boolean text = format == Format.TEXT || output != null;
      List<TestOutcome> outcomes = workspace.test(names, text ? view::print : outcome -> {});
      if (text) {
        view.summary(outcomes);
      }
      if (format != Format.TEXT) {
        write(outcomes, zone, begin);
      }
      return outcomes.stream().allMatch(TestOutcome::passed) ? 0 : 1;
    }
  }

  private void write(List<TestOutcome> outcomes, ZoneId zone, Instant begin) throws IOException {
    StringWriter text = new StringWriter();
    try (PrintWriter out = new PrintWriter(text)) {
      if (format == Format.JUNIT) {
        new JUnitXml(zone).write(outcomes, begin, out);
      } else {
        TestJson.write(outcomes, out);
      }
    }
    Terminal terminal = context.terminal();
    if (output == null) {
      terminal.out().print(text);
      return;
    }
    Path file = context.workingFolder().resolve(output);
    try {
      Files.writeString(file, text.toString());
    } catch (IOException e) {
      throw KithException.outside(
          CliCode.CANNOT_WRITE, file.toString(), "Cannot write " + output, e);
    }
  }
}
