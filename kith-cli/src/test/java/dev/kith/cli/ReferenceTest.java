package dev.kith.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.cli.render.Terminal;
import dev.kith.engine.EngineCode;
import dev.kith.lake.LakeCode;
import dev.kith.measures.MeasureCode;
import dev.kith.model.DiagnosticCode;
import dev.kith.project.ProjectCode;
import dev.kith.run.fault.AsOfCode;
import dev.kith.run.fault.RunCode;
import dev.kith.run.testing.TestCode;
import dev.kith.sources.fault.SourceCode;
import dev.kith.sql.SqlCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/**
 * The pages of the reference that follow from the code. {@code -Dkith.golden=update} writes them;
 * CI only compares.
 */
class ReferenceTest {

  private static final Path REFERENCE = Path.of("../docs/reference");

  @Test
  void commands() throws IOException {
    StringBuilder page = new StringBuilder("# Commands\n\n");
    page.append(
        "Generated from the code. Exit codes: 0 done, 1 a fault in the project or the data,");
    page.append(" 2 wrong usage, 3 a check failed and nothing was published,");
    page.append(" 4 something outside failed, 5 a fault of Kith's, 130 stopped by Ctrl-C");
    page.append(" (143 by the system); nothing was published then.\n");
    StringWriter nowhere = new StringWriter();
    PrintWriter writer = new PrintWriter(nowhere);
    CliContext context =
        new CliContext(
            new Terminal(writer, writer, false, 80, false),
            Path.of("."),
            Map.of(),
            Clock.systemUTC(),
            new Interruption(writer));
    CommandLine kith = Main.commandLine(context);
    section(page, "kith", kith);
    compare("commands.md", page.toString());
  }

  private static void section(StringBuilder page, String title, CommandLine command) {
    String usage = command.getUsageMessage(CommandLine.Help.Ansi.OFF).stripTrailing();
    page.append("\n## ").append(title).append("\n\n```text\n").append(usage).append("\n```\n");
    command.getSubcommands().forEach((name, below) -> section(page, title + " " + name, below));
  }

  @Test
  void errorCodes() throws IOException {
    List<DiagnosticCode> codes =
        Stream.<DiagnosticCode[]>of(
                ProjectCode.values(),
                SqlCode.values(),
                MeasureCode.values(),
                SourceCode.values(),
                RunCode.values(),
                TestCode.values(),
                AsOfCode.values(),
                EngineCode.values(),
                LakeCode.values(),
                CliCode.values())
            .flatMap(Arrays::stream)
            .toList();
    assertThat(codes).extracting(DiagnosticCode::id).doesNotHaveDuplicates().hasSizeGreaterThan(80);
    assertThat(codes).allSatisfy(code -> assertThat(code.explanation()).isNotBlank());
    StringBuilder page = new StringBuilder("# Error codes\n\nGenerated from the code.\n");
    for (DiagnosticCode code : codes) {
      page.append("\n## ").append(code.id()).append(": ").append(code.summary()).append("\n\n");
      page.append(code.explanation().strip()).append('\n');
    }
    compare("errors.md", page.toString());
  }

  private static void compare(String name, String generated) throws IOException {
    Path file = REFERENCE.resolve(name);
    if ("update".equals(System.getProperty("kith.golden"))) {
      assertThat(System.getenv("KITH_CI")).as("CI does not write what it compares with").isNull();
      Files.writeString(file, generated);
    }
    assertThat(generated).isEqualTo(Files.readString(file));
  }
}
