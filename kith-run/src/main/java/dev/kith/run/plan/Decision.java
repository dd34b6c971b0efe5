package dev.kith.run.plan;

import dev.kith.lake.Provenance;
import dev.kith.lake.Snapshot;
import dev.kith.model.Fingerprint;
import dev.kith.model.TableName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether a table is out of date: what it should be made of, against what the snapshot at its head
 * says that it was made of. Every snapshot describes itself, so the answer is the same after a run
 * that was killed.
 */
public final class Decision {

  private Decision() {}

  /**
   * What a table should be made of.
   *
   * @param inputs logical name to the last snapshot in which the input's rows changed
   */
  public record Wanted(
      Fingerprint definition, Map<TableName, Long> inputs, Optional<Instant> asOf) {

    public Provenance provenance(String run) {
      Map<String, Long> names = new java.util.TreeMap<>();
      inputs.forEach((name, snapshot) -> names.put(name.toString(), snapshot));
      return new Provenance(run, definition.hex(), names, asOf, Optional.empty(), Optional.empty());
    }
  }

  /**
   * Why the table must be built; nothing where it is up to date.
   *
   * @param head of the physical table, which is another one where columns or key have changed
   * @param published whether readers have a table of this name
   */
  public static Optional<BuildReason> of(
      Wanted wanted, Optional<Snapshot> head, boolean published, boolean fullRefresh) {
    if (head.isEmpty()) {
      return Optional.of(
          published ? new BuildReason.DefinitionChanged() : new BuildReason.NeverBuilt());
    }
    if (fullRefresh) {
      return Optional.of(new BuildReason.FullRefresh());
    }
    Provenance built = head.get().provenance();
    if (!built.definition().equals(wanted.definition().hex())) {
      return Optional.of(new BuildReason.DefinitionChanged());
    }
    List<TableName> changed = changedInputs(wanted, built);
    if (!changed.isEmpty()) {
      return Optional.of(new BuildReason.InputsChanged(changed));
    }
    if (wanted.asOf().isPresent() && !wanted.asOf().equals(built.asOf())) {
      return Optional.of(
          built
              .asOf()
              .<BuildReason>map(from -> new BuildReason.AsOfMoved(from, wanted.asOf().get()))
              .orElseGet(BuildReason.DefinitionChanged::new));
    }
    return Optional.empty();
  }

  private static List<TableName> changedInputs(Wanted wanted, Provenance built) {
    List<TableName> changed = new ArrayList<>();
    wanted
        .inputs()
        .forEach(
            (name, snapshot) -> {
              if (!snapshot.equals(built.inputs().get(name.toString()))) {
                changed.add(name);
              }
            });
    return changed;
  }
}
