package dev.kith.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class RenderingTest {

  @Test
  void bytesOfTheResultLeadBackToTheOriginal() {
    String original = "é :as_of b";
    Rendering rendering = new Rendering("X ");
    rendering.copy(original, 0, 2);
    rendering.replace("'2020'", 2);
    rendering.copy(original, 8, 10);

    assertThat(rendering.sql()).isEqualTo("X é '2020' b");
    assertThat(rendering.originalIndex(0)).isZero(); // what was put before leads to the start
    assertThat(rendering.originalIndex(2)).isZero();
    assertThat(rendering.originalIndex(4)).isEqualTo(1); // the space after two bytes of é
    assertThat(rendering.originalIndex(5)).isEqualTo(2);
    assertThat(rendering.originalIndex(9)).isEqualTo(2); // within the replacement: its start
    assertThat(rendering.originalIndex(12)).isEqualTo(9); // b
    assertThat(rendering.originalIndex(13)).isEqualTo(10);
  }
}
