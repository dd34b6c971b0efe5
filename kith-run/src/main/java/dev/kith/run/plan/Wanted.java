package dev.kith.run.plan;

import dev.kith.lake.InputUse;
import dev.kith.lake.Provenance;
import dev.kith.model.Fingerprint;
import dev.kith.model.TableName;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a table should be made of.
 *
 * @param inputs logical name to the last snapshot in which the input's rows changed
 * @param uses logical name to what is used of the input, where that can be told
 */
public record Wanted(
    Fingerprint definition,
    Map<TableName, Long> inputs,
    Map<TableName, InputUse> uses,
    Optional<Instant> asOf) {

  /** As the snapshot records it that a run makes. */
  public Provenance provenance(String run) {
    Map<String, Long> names = new TreeMap<>();
    inputs.forEach((name, snapshot) -> names.put(name.toString(), snapshot));
    Map<String, InputUse> used = new TreeMap<>();
    uses.forEach((name, use) -> used.put(name.toString(), use));
    return new Provenance(
        run, definition.hex(), names, used, asOf, Optional.empty(), Optional.empty());
  }
}
