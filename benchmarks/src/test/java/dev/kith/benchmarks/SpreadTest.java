package dev.kith.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class SpreadTest {

  @Test
  void takesTheMiddleOfAnOddNumber() {
    assertThat(Spread.of(DoubleStream.of(9, 1, 4))).isEqualTo(new Spread(1, 4, 9));
  }

  @Test
  void takesTheMeanOfTheTwoInTheMiddle() {
    assertThat(Spread.of(DoubleStream.of(9, 1, 4, 5)).median()).isEqualTo(4.5);
  }

  @Test
  void isWrittenInUnitsWithAPoint() {
    assertThat(Spread.of(DoubleStream.of(1500, 2500)).text(1000)).isEqualTo("2.00 (1.50-2.50)");
  }
}
