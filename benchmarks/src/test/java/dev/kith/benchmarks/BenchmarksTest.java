package dev.kith.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kith.benchmarks.Benchmarks.Arguments;
import java.util.List;
import org.junit.jupiter.api.Test;

class BenchmarksTest {

  @Test
  void readsArguments() {
    Arguments arguments =
        Arguments.parse(
            List.of(
                "full-build", "--size", "large", "--record", "--rounds", "2", "--memory", "4GB"));

    assertThat(arguments)
        .isEqualTo(new Arguments(List.of("full-build"), Size.LARGE, 2, "4GB", true));
  }

  @Test
  void refusesWhatItDoesNotKnow() {
    assertThatThrownBy(() -> Arguments.parse(List.of("all", "--size", "huge")))
        .hasMessageContaining("huge");
    assertThatThrownBy(() -> Arguments.parse(List.of("all", "--fast", "yes")))
        .hasMessageContaining("--fast");
    assertThatThrownBy(() -> Arguments.parse(List.of("all", "--size")))
        .hasMessageContaining("--size");
  }
}
