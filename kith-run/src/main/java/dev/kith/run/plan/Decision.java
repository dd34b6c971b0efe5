package dev.kith.run.plan;

import dev.kith.lake.Provenance;
import dev.kith.model.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether rows are out of date: what they should be made of, against what their snapshot says that
 * they were made of. Every snapshot describes itself, so the answer is the same after a run that
 * was killed.
 */
final class Decision {

  private Decision() {}

  /** Why rows that were made so are not what is wanted; nothing where they are. */
  static Optional<BuildReason> of(Wanted wanted, Provenance made) {
    if (!made.definition().equals(wanted.definition().hex())) {
      return Optional.of(new BuildReason.DefinitionChanged());
    }
    List<TableName> changed = changedInputs(wanted, made);
    if (!changed.isEmpty()) {
      return Optional.of(new BuildReason.InputsChanged(changed));
    }
    if (wanted.asOf().isPresent() && !wanted.asOf().equals(made.asOf())) {
      return Optional.of(
          made.asOf()
              .<BuildReason>map(from -> new BuildReason.AsOfMoved(from, wanted.asOf().get()))
              .orElseGet(BuildReason.DefinitionChanged::new));
    }
    return Optional.empty();
  }

  private static List<TableName> changedInputs(Wanted wanted, Provenance made) {
    List<TableName> changed = new ArrayList<>();
    wanted
        .inputs()
        .forEach(
            (name, snapshot) -> {
              if (!snapshot.equals(made.inputs().get(name.toString()))) {
                changed.add(name);
              }
            });
    return changed;
  }
}
