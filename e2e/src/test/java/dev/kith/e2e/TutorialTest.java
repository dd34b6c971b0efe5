package dev.kith.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.cli.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The commands of the tutorial, as they stand, from an empty folder. A block of {@code sh} is run;
 * the lines of the {@code text} that follows must be among what it prints, in that order.
 */
class TutorialTest {

  private static final Path TUTORIAL = Path.of("../docs/tutorials/your-own-data.md");
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```(sh|text)\\n(.*?)^```$");
  private static final String END_OF_STEP = "== end of step ==";

  @TempDir Path temporary;

  @Test
  void commandsDoWhatTheTutorialSays() throws Exception {
    List<String> scripts = new ArrayList<>();
    List<List<String>> expected = new ArrayList<>();
    Matcher blocks = BLOCK.matcher(Files.readString(TUTORIAL));
    while (blocks.find()) {
      if (blocks.group(1).equals("sh")) {
        scripts.add(blocks.group(2));
        expected.add(new ArrayList<>());
      } else {
        expected.get(expected.size() - 1).addAll(blocks.group(2).lines().toList());
      }
    }
    assertThat(scripts).hasSizeGreaterThan(8);

    List<String> steps = List.of(run(scripts).split(END_OF_STEP + "\n", -1));

    assertThat(steps).hasSize(scripts.size() + 1);
    for (int step = 0; step < scripts.size(); step++) {
      assertContains(scripts.get(step), steps.get(step), expected.get(step));
    }
  }

  private static void assertContains(String script, String output, List<String> expected) {
    List<String> lines = output.lines().map(TutorialTest::spaced).toList();
    int next = 0;
    for (String line : expected) {
      String wanted = spaced(line);
      int at = next;
      while (at < lines.size() && !lines.get(at).contains(wanted)) {
        at++;
      }
      assertThat(at)
          .as("'%s' in the output of%n%s%n%s", line, script, output)
          .isLessThan(lines.size());
      next = at + 1;
    }
  }

  /** Widths of columns are not what is compared. */
  private static String spaced(String line) {
    return line.strip().replaceAll(" +", " ").replaceAll("─+", "─");
  }

  /** One shell for all, since the tutorial changes the folder. */
  private String run(List<String> scripts) throws IOException, InterruptedException {
    Path folder = Files.createDirectory(temporary.resolve("empty"));
    Path log = temporary.resolve("log");
    String script = String.join("\nprintf '" + END_OF_STEP + "\\n'\n", scripts);
    ProcessBuilder builder =
        new ProcessBuilder(
                "bash", "-euo", "pipefail", "-c", script + "\nprintf '" + END_OF_STEP + "\\n'\n")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder
        .environment()
        .merge("PATH", folderOfLauncher().toString(), (path, more) -> more + ":" + path);
    int exitCode = builder.start().waitFor();
    String output = Files.readString(log, UTF_8);
    assertThat(exitCode).as(output).isZero();
    return output;
  }

  /** A {@code kith} that runs the classes under test, where the real launcher would build them. */
  private Path folderOfLauncher() throws IOException {
    Path folder = Files.createDirectory(temporary.resolve("bin"));
    Path launcher = folder.resolve("kith");
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Files.writeString(
        launcher,
        "#!/bin/sh\nexec '%s' -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx512m --add-opens=java.base/java.nio=ALL-UNNAMED -cp '%s' %s \"$@\"\n"
            .formatted(java, System.getProperty("java.class.path"), Main.class.getName()));
    Files.setPosixFilePermissions(
        launcher,
        Set.of(
            PosixFilePermission.OWNER_READ,
            PosixFilePermission.OWNER_WRITE,
            PosixFilePermission.OWNER_EXECUTE));
    return folder;
  }
}
