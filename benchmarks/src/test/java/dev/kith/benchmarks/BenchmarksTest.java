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
                "as-of",
                "--size",
                "large",
                "--record",
                "--rounds",
                "2",
                "--memory",
                "4GB",
                "--rows",
                "active"));

    assertThat(arguments)
        .isEqualTo(
            new Arguments(
                List.of("as-of"), Size.LARGE, 2, "4GB", List.of(AsOfRows.Rows.ACTIVE), true));
    assertThat(Arguments.parse(List.of("as-of")).rows()).containsExactly(AsOfRows.Rows.values());
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
