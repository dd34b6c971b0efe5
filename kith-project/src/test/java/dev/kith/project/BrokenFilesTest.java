package dev.kith.project;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.model.Diagnostic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** However a file is broken, it is reported, at a place that it has, and nothing is thrown. */
class BrokenFilesTest {

  private static final List<String> PIECES =
      List.of(
          ":",
          ": ",
          " ",
          "\n",
          "  ",
          "\t",
          "-",
          "- ",
          "{",
          "}",
          "[",
          "]",
          ",",
          "\"",
          "'",
          "#",
          "*",
          "&a ",
          "*a",
          "|",
          ">",
          "null",
          "~",
          "true",
          "1",
          "🎉",
          "주",
          "/*",
          "*/",
          "${X}",
          "!",
          "kind: events",
          "over: [7d]",
          "is: x",
          "as: y",
          "next: 7d");

  @TempDir Path folder;

  @Test
  void everyDamageIsReportedWithinItsFile() throws IOException {
    List<Path> files = files(Path.of("../fixtures/valid"));
    long seed = System.nanoTime();
    Random random = new Random(seed);
    int faulty = 0;
    int sound = 0;
    for (int i = 0; i < 600; i++) {
      Path file = files.get(random.nextInt(files.size()));
      String text = damaged(Files.readString(file), random);
      String path = file.subpath(4, file.getNameCount()).toString();
      Path project = folder.resolve(Integer.toString(i));
      TestProject damaged = TestProject.in(project).with(path, text);

      List<Diagnostic> found = damaged.read().diagnostics();

      List<String> lines = text.lines().toList();
      for (Diagnostic diagnostic : found) {
        assertThat(diagnostic.message()).as("seed %d", seed).isNotBlank();
        if (diagnostic.span().file().equals(path)) {
          int line = diagnostic.span().line();
          assertThat(line)
              .as("seed %d: line of %s in %s", seed, diagnostic, text)
              .isBetween(1, lines.size() + 1);
          String content = line > lines.size() ? "" : lines.get(line - 1);
          assertThat(diagnostic.span().column())
              .as("seed %d: column of %s in %s", seed, diagnostic, text)
              .isBetween(1, content.codePointCount(0, content.length()) + 1);
        }
      }
      faulty += found.stream().anyMatch(one -> one.span().file().equals(path)) ? 1 : 0;
      sound += damaged.read().broken().isEmpty() ? 1 : 0;
    }
    assertThat(faulty).as("seed %d: damaged files found faulty", seed).isGreaterThan(200);
    assertThat(sound).as("seed %d: damaged files still sound", seed).isGreaterThan(20);
  }

  @Test
  void hugeFilesAreReportedToo() {
    String bomb =
        """
        a: &a [x, x, x, x, x, x, x, x, x, x]
        b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]
        c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b, *b]
        d: &d [*c, *c, *c, *c, *c, *c, *c, *c, *c, *c]
        e: &e [*d, *d, *d, *d, *d, *d, *d, *d, *d, *d]
        f: [*e, *e, *e, *e, *e, *e, *e, *e, *e, *e]
        """;
    TestProject project =
        TestProject.in(folder)
            .with("sources/deep.yaml", "source: " + "[".repeat(100_000))
            .with("sources/bomb.yaml", bomb)
            .with("tables/long.sql", "-- a comment\n".repeat(100_000) + "SELECT 1\n");

    assertThat(project.diagnostics())
        .containsExactly(
            "sources/bomb.yaml:1:1: error[P001]: the document has more than 200000 values, aliases"
                + " followed",
            "sources/deep.yaml:1:1: error[P001]: the document is nested too deeply");
  }

  private static String damaged(String text, Random random) {
    String result = text;
    for (int i = 0; i <= random.nextInt(3); i++) {
      result =
          switch (random.nextInt(4)) {
            case 0 -> withoutLine(result, random);
            case 1 -> withSwappedLines(result, random);
            case 2 -> cut(result, random);
            default -> withPiece(result, random);
          };
    }
    return result;
  }

  private static String withPiece(String text, Random random) {
    int at = random.nextInt(text.length() + 1);
    return text.substring(0, at)
        + PIECES.get(random.nextInt(PIECES.size()))
        + text.substring(Math.min(text.length(), at + random.nextInt(3)));
  }

  private static String cut(String text, Random random) {
    int from = random.nextInt(text.length() + 1);
    return text.substring(0, from)
        + text.substring(Math.min(text.length(), from + random.nextInt(10)));
  }

  private static String withoutLine(String text, Random random) {
    List<String> lines = new ArrayList<>(text.lines().toList());
    if (!lines.isEmpty()) {
      lines.remove(random.nextInt(lines.size()));
    }
    return String.join("\n", lines) + "\n";
  }

  private static String withSwappedLines(String text, Random random) {
    List<String> lines = new ArrayList<>(text.lines().toList());
    if (!lines.isEmpty()) {
      Collections.swap(lines, random.nextInt(lines.size()), random.nextInt(lines.size()));
    }
    return String.join("\n", lines) + "\n";
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".yaml") || file.toString().endsWith(".sql"))
          .sorted()
          .toList();
    }
  }
}
