package dev.kith.run.testing;

import dev.kith.model.Diagnostic;
import dev.kith.model.definition.TestDefinition;
import java.time.Duration;
import java.util.List;

/** How a test went. */
public record TestOutcome(TestDefinition test, Verdict verdict, Duration duration) {

  public boolean passed() {
    return verdict instanceof Verdict.Passed;
  }

  /** What was found. */
  public sealed interface Verdict {

    /** Everything is as it was expected. */
    record Passed() implements Verdict {}

    /** Tables differ from what was expected. */
    record Failed(List<TableDifference> tables) implements Verdict {
      public Failed {
        tables = List.copyOf(tables);
      }
    }

    /** There is nothing to compare, since it could not be computed. */
    record Broken(Diagnostic fault) implements Verdict {}
  }
}
