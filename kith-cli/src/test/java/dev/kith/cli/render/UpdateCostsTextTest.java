package dev.kith.cli.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.run.plan.Method;
import dev.kith.run.plan.UpdateCosts;
import org.junit.jupiter.api.Test;

class UpdateCostsTextTest {

  private static final UpdateCosts COSTS =
      new UpdateCosts(1_234_567, 38_000_000, 110_400_000, 143_000_000);

  @Test
  void theChosenWayComesFirst() {
    assertThat(UpdateCostsText.of(COSTS, new Method.Delta()))
        .isEqualTo("costs about 1.2 M rows (touched people: 38 M, everybody: 110 M)");
    assertThat(UpdateCostsText.of(COSTS, new Method.Touched()))
        .isEqualTo("costs about 38 M rows (from state: 1.2 M, everybody: 110 M)");
    assertThat(UpdateCostsText.of(COSTS, new Method.Whole()))
        .isEqualTo("costs about 110 M rows (from state: 1.2 M, touched people: 38 M)");
    assertThat(UpdateCostsText.of(COSTS, new Method.Whole(true)))
        .isEqualTo(
            "costs about 143 M rows (later from state: 1.2 M, touched people: 38 M,"
                + " everybody: 110 M)");
  }

  @Test
  void estimatesAreRound() {
    assertThat(Text.about(0)).isEqualTo("0");
    assertThat(Text.about(999)).isEqualTo("999");
    assertThat(Text.about(1_000)).isEqualTo("1.0 k");
    assertThat(Text.about(9_960)).isEqualTo("10 k");
    assertThat(Text.about(999_499)).isEqualTo("999 k");
    assertThat(Text.about(999_500)).isEqualTo("1.0 M");
    assertThat(Text.about(72_000_000_000L)).isEqualTo("72 G");
  }
}
