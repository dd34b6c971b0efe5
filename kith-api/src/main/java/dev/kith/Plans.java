package dev.kith;

import dev.kith.run.PlannedRun;
import dev.kith.run.plan.Stage;
import java.time.ZoneId;
import java.util.Optional;

/** Plans in the words of the library. */
final class Plans {

  private Plans() {}

  static Plan of(PlannedRun planned, ZoneId zone) {
    return new Plan(
        planned.plan().asOf(),
        planned.plan().stages().stream().map(stage -> step(stage, zone)).toList(),
        planned.warnings());
  }

  private static Plan.Step step(Stage stage, ZoneId zone) {
    if (stage instanceof Stage.Build build) {
      return new Plan.Step(
          stage.table(), Plan.Action.BUILD, build.reason().text(zone), true, build.estimate());
    }
    if (stage instanceof Stage.Read read) {
      boolean nothing = read.certain().equals(Optional.of(false));
      return step(
          stage,
          nothing ? Plan.Action.KEEP : Plan.Action.READ,
          read.what(),
          read.certain().isPresent());
    }
    if (stage instanceof Stage.Keep keep) {
      return step(stage, Plan.Action.KEEP, "", keep.unless().isEmpty() && keep.checks() == 0);
    }
    return step(
        stage, stage instanceof Stage.Drop ? Plan.Action.DROP : Plan.Action.LEAVE, "", true);
  }

  private static Plan.Step step(Stage stage, Plan.Action action, String why, boolean certain) {
    return new Plan.Step(stage.table(), action, why, certain, Optional.empty());
  }
}
