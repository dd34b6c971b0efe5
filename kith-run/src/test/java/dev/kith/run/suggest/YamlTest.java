package dev.kith.run.suggest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          paid         | paid
          never bought | never bought
          no           | "no"
          True         | "True"
          12           | "12"
          a: b         | "a: b"
          say "x"      | "say \\"x\\""
          - x          | "- x"
          두리          | "두리"
          ``           | ""
          """)
  void whatYamlWouldTakeForSomethingElseIsQuoted(String text, String expected) {
    assertThat(Yaml.scalar(text)).isEqualTo(expected);
  }

  @Test
  void longListsGoOverSeveralLines() {
    List<String> names = IntStream.range(0, 30).mapToObj(i -> "column_" + i).toList();

    String list = Yaml.list(names, "    ", 14);

    assertThat(list.lines()).hasSizeBetween(4, 6).allMatch(line -> line.length() <= 96);
    assertThat(list.replaceAll("\\s+", " ")).isEqualTo("[" + String.join(", ", names) + "]");
  }
}
