package dev.kith.run;

import dev.kith.lake.Environment.Pause;
import dev.kith.model.Diagnostic;
import dev.kith.run.plan.PinnedPlan;
import dev.kith.run.plan.Plan;
import java.util.List;
import java.util.Optional;

/**
 * What a run would do.
 *
 * @param pins what the plan was made of, to apply exactly this later
 * @param warnings of the definitions
 * @param pause if a run would refuse for now
 */
public record PlannedRun(
    Plan plan, PinnedPlan pins, List<Diagnostic> warnings, Optional<Pause> pause) {
  public PlannedRun {
    warnings = List.copyOf(warnings);
  }
}
