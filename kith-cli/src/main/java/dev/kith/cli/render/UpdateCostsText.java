package dev.kith.cli.render;

import dev.kith.run.plan.Method;
import dev.kith.run.plan.UpdateCosts;
import java.util.ArrayList;
import java.util.List;

/** Why a profile is brought up to date in one way and not another, in a line. */
final class UpdateCostsText {

  private UpdateCostsText() {}

  /**
   * {@code costs about 1.2 M rows (touched people: 38 M, everybody: 110 M)}.
   *
   * @param method that was chosen
   */
  static String of(UpdateCosts costs, Method method) {
    List<String> others = new ArrayList<>();
    if (method instanceof Method.Whole whole && whole.keepsState()) {
      others.add("later from state: " + Text.about(costs.delta()));
    } else if (!(method instanceof Method.Delta)) {
      others.add("from state: " + Text.about(costs.delta()));
    }
    if (!(method instanceof Method.Touched)) {
      others.add("touched people: " + Text.about(costs.touched()));
    }
    if (!(method instanceof Method.Whole whole) || whole.keepsState()) {
      others.add("everybody: " + Text.about(costs.whole()));
    }
    return "costs about %s rows (%s)"
        .formatted(Text.about(costs.of(method)), String.join(", ", others));
  }
}
