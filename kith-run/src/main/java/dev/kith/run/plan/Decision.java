package dev.kith.run.plan;

import dev.kith.lake.Provenance;
import dev.kith.model.Fingerprint;
import dev.kith.model.TableName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Whether rows are out of date: what they should be made of, against what their snapshot says that
 * they were made of. Every snapshot describes itself, so the answer is the same after a run that
 * was killed.
 */
final class Decision {

  private Decision() {}

  /**
   * Why rows that were made so are not what is wanted; nothing where they are.
   *
   * @param changed inputs that are not what they were, in what the table uses of them
   * @param asOf the instant that is wanted, if the table depends on it and it is known
   */
  static Optional<BuildReason> of(
      Fingerprint definition, List<TableName> changed, Optional<Instant> asOf, Provenance made) {
    if (!made.definition().equals(definition.hex())) {
      return Optional.of(new BuildReason.DefinitionChanged());
    }
    if (!changed.isEmpty()) {
      return Optional.of(new BuildReason.InputsChanged(changed));
    }
    if (asOf.isPresent() && !asOf.equals(made.asOf())) {
      return Optional.of(
          made.asOf()
              .<BuildReason>map(from -> new BuildReason.AsOfMoved(from, asOf.get()))
              .orElseGet(BuildReason.DefinitionChanged::new));
    }
    return Optional.empty();
  }
}
