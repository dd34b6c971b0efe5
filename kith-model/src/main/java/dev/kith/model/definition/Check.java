package dev.kith.model.definition;

import dev.kith.model.Severity;
import dev.kith.model.SourceSpan;
import java.util.Optional;

/**
 * What must hold of a table or profile before readers see it.
 *
 * @param severity an error stops publication, a warning is reported
 * @param givenName what its author calls it
 */
public record Check(
    Expectation expectation,
    Severity severity,
    Optional<String> givenName,
    Optional<String> description,
    SourceSpan span) {

  /** What it is called in messages and results; no other check of the definition is called so. */
  public String name() {
    return givenName.orElse(expectation.text());
  }
}
