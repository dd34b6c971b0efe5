package dev.kith.run.suggest;

import dev.kith.model.Severity;
import dev.kith.model.SourceSpan;
import dev.kith.model.definition.Check;
import dev.kith.model.definition.Expectation;
import java.util.Optional;

/**
 * A check that a table might be held to.
 *
 * @param why one line for people
 * @param yaml the item of {@code checks:}, without the dash and the severity
 */
record Proposal(Check check, String why, String yaml) {

  static final SourceSpan NOWHERE = SourceSpan.startOf("suggestion");

  static Proposal error(Expectation expectation, String why, String yaml) {
    return of(expectation, Severity.ERROR, why, yaml);
  }

  static Proposal warning(Expectation expectation, String why, String yaml) {
    return of(expectation, Severity.WARNING, why, yaml);
  }

  private static Proposal of(Expectation expectation, Severity severity, String why, String yaml) {
    return new Proposal(
        new Check(expectation, severity, Optional.empty(), Optional.empty(), NOWHERE), why, yaml);
  }
}
