package dev.kith.cli.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextTableTest {

  private final StringWriter out = new StringWriter();

  @Test
  void numbersAreAlignedToTheRightAndTextToTheLeft() {
    TextTable table = new TextTable(List.of("country", "spend"), List.of(false, true));
    table.add(List.of("Norway", "12.5"));
    table.add(List.of("EIRE", "1,204.75"));
    table.print(terminal(80));
    assertThat(out.toString().lines())
        .containsExactly(
            "country     spend", "───────  ────────", "Norway       12.5", "EIRE     1,204.75");
  }

  @Test
  void koreanTakesTwoCellsALetter() {
    TextTable table = new TextTable(List.of("name", "n"), List.of(false, true));
    table.add(List.of("두리", "1"));
    table.add(List.of("Anna", "2"));
    table.print(terminal(80));
    assertThat(out.toString().lines().skip(2)).containsExactly("두리  1", "Anna  2");
  }

  @Test
  void wideTextsAreCutAndColumnsWithoutRoomAreNamed() {
    TextTable table = new TextTable(List.of("text", "first", "second"), List.of(false, true, true));
    table.add(List.of("a text that is much too long", "123456789012", "123456789012"));
    table.print(terminal(24));
    assertThat(out.toString().lines())
        .containsExactly(
            "text           first",
            "──────  ────────────",
            "a tex…  123456789012",
            "not shown: second");
  }

  private Terminal terminal(int width) {
    PrintWriter writer = new PrintWriter(out, true);
    return new Terminal(writer, writer, false, width, false);
  }
}
