package dev.kith.cli.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ValuesTest {

  private final Values values = new Values(ZoneId.of("Europe/London"));

  @Test
  void instantsAreShownInTheZone() {
    assertThat(values.readable(Instant.parse("2011-07-01T11:00:00Z")))
        .isEqualTo("2011-07-01 12:00:00");
    assertThat(values.readable(Instant.parse("2011-01-01T11:00:00.5Z")))
        .isEqualTo("2011-01-01 11:00:00.500000");
  }

  @Test
  void numbersAreShortButNotScientific() {
    assertThat(values.readable(0.1 + 0.2)).isEqualTo("0.3");
    assertThat(values.readable(1234567.891)).isEqualTo("1234567.89");
    assertThat(values.readable(100.0)).isEqualTo("100");
    assertThat(values.readable(new BigDecimal("1E+3"))).isEqualTo("1000");
    assertThat(values.readable(Double.NaN)).isEqualTo("NaN");
    assertThat(values.readable(1.5e-9)).isEqualTo("1.50000e-09");
  }

  @Test
  void nestedValuesAreOnOneLine() {
    assertThat(values.readable(Arrays.asList(1, null, Map.of("a", "x\ny"))))
        .isEqualTo("[1, ·, {a: x y}]");
  }

  @Test
  void exactValuesCanBeReadBack() {
    assertThat(Values.exact(Instant.parse("2011-07-01T11:00:00Z")))
        .isEqualTo("2011-07-01T11:00:00Z");
    assertThat(Values.exact(new byte[] {1, 2})).isEqualTo("AQI=");
  }
}
