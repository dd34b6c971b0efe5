package dev.kith.examples.retail;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class CsvLineTest {

  @Test
  void splitsPlainAndEmptyFields() {
    assertThat(CsvLine.split("536365,,6,")).containsExactly("536365", "", "6", "");
  }

  @Test
  void keepsCommasAndDoubledQuotesInsideQuotes() {
    assertThat(CsvLine.split("90214D,\"LETTER \"\"D\"\", BLING\",1"))
        .containsExactly("90214D", "LETTER \"D\", BLING", "1");
  }
}
