package dev.kith.project;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.model.Located;
import dev.kith.model.SourceSpan;
import dev.kith.model.definition.ProfileDefinition;
import dev.kith.model.definition.TableDefinition;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines and columns are those that an editor shows, whatever stands before. */
class PositionsTest {

  private static final String MARK = "\uFEFF";

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n"})
  void countsCodePointsAfterAMarkAndWithEitherLineEnd(String lineEnd) {
    String text =
        MARK
            + String.join(
                lineEnd,
                "# 주석 🎉",
                "source: clicks",
                "kind: events",
                "at: t",
                "from: {files: \"사람 🎉👨‍👩‍👧.csv\", formt: csv}",
                "description: |",
                "  여러 줄",
                "  🎉 둘",
                "nope: 1",
                "");

    assertThat(TestProject.in(folder).with("sources/clicks.yaml", text).diagnostics())
        .containsExactly(
            // The family is five code points, which is what a column counts.
            "sources/clicks.yaml:5:32: error[P002]: unknown key 'formt'\n"
                + "  help: did you mean 'format'?",
            "sources/clicks.yaml:9:1: error[P002]: unknown key 'nope'\n"
                + "  help: the keys here are source, description, owner, tags, kind, at, id, key,"
                + " changed_at, dedupe, timezone, from, columns, require, max_rejected,"
                + " on_type_change");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n"})
  void findsSettingsAndQueryWithinAnSqlFile(String lineEnd) {
    String text =
        MARK
            + String.join(
                lineEnd, "-- 🎉", "\t/* kith: {key: [주문, 🎉], kye: b}", "*/", "", "\tSELECT 1", "");
    TestProject project = TestProject.in(folder).with("tables/orders.sql", text);

    assertThat(project.diagnostics())
        .singleElement()
        .asString()
        .startsWith("tables/orders.sql:2:26: error[P002]: unknown key 'kye'");

    project.with("tables/orders.sql", text.replace(", kye: b", ""));
    TableDefinition table = project.project().tables().get(0);
    assertThat(table.key()).extracting(Located::value).containsExactly("주문", "🎉");
    assertThat(table.key().get(1).span())
        .isEqualTo(new SourceSpan("tables/orders.sql", 2, 22, 2, 23));
    assertThat(table.sql().value()).isEqualTo("SELECT 1");
    assertThat(table.sql().span()).hasToString("tables/orders.sql:5:2");
  }

  @Test
  void namesTheLineOfATab() {
    assertThat(
            TestProject.in(folder)
                .with("sources/a.yaml", "source: a\nfrom:\n\tfiles: x\n")
                .diagnostics())
        .containsExactly(
            "sources/a.yaml:3:1: error[P001]: not valid YAML: found character '\\t(TAB)' that cannot"
                + " start any token\n  help: indent with spaces");
  }

  @Test
  void placesACharacterThatYamlRefuses() {
    assertThat(
            TestProject.in(folder)
                .with("sources/a.yaml", "source: a\nat: 🎉\u0007\n")
                .diagnostics())
        .singleElement()
        .asString()
        .startsWith("sources/a.yaml:2:6: error[P001]: not valid YAML: the character U+0007");
  }

  /** A place within an expression is the span's column plus the offset, in every quoting. */
  @Test
  void spansOfExpressionsCoverTheirText() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 200; i++) {
      String expression =
          "a" + List.of(" + 1", " || '둘'", " 🎉b", " * c").get(random.nextInt(4)) + " + d";
      String lead = "x" + "가🎉".repeat(random.nextInt(4));
      String metric =
          switch (random.nextInt(4)) {
            case 0 -> "{description: %s, is: %s}".formatted(lead, expression);
            case 1 -> "{description: %s, is: \"%s\"}".formatted(lead, expression);
            case 2 -> "\n    description: %s\n    is: |\n\n      %s".formatted(lead, expression);
            default -> "# %s\n    %s".formatted(lead, expression);
          };
      String text = "profile: p\nkey: k\nfrom: {keys_of: x}\nmetrics:\n  m: " + metric + "\n";
      ReadResult result =
          TestProject.in(folder)
              .with("sources/x.yaml", "source: x\nkind: events\nat: t\nfrom: {files: x.csv}\n")
              .with("profiles/p.yaml", text)
              .read();

      ProfileDefinition profile = result.orThrow().profiles().get(0);
      Located<String> is = profile.metrics().get(0).is();
      SourceSpan span = is.span();
      int[] line = text.lines().toList().get(span.line() - 1).codePoints().toArray();
      int length = is.value().codePointCount(0, is.value().length());
      assertThat(new String(line, span.column() - 1, length))
          .as("seed %d, file %s", seed, text)
          .isEqualTo(is.value())
          .isEqualTo(expression);
    }
  }
}
