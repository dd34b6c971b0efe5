package dev.kith.run;

import dev.kith.model.Diagnostic;
import dev.kith.run.plan.PinnedPlan;
import dev.kith.run.plan.Plan;
import java.util.List;

/**
 * What a run would do.
 *
 * @param pins what the plan was made of, to apply exactly this later
 * @param warnings of the definitions
 */
public record PlannedRun(Plan plan, PinnedPlan pins, List<Diagnostic> warnings) {
  public PlannedRun {
    warnings = List.copyOf(warnings);
  }
}
