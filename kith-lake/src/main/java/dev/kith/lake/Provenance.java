package dev.kith.lake;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What made a snapshot; kept in its summary and carried forward by every later commit.
 *
 * @param run the identity of the run
 * @param definition the fingerprint of the canonical definition
 * @param inputs logical table name to the snapshot that was read
 * @param uses logical table name to what was used of it, where that can be told
 * @param asOf the instant of a profile
 * @param batch of an ingested table: the identity of the rows that came in with this commit
 * @param cursor of an ingested table: how far its source has been read; of a table beside another
 *     one: how many rows it had when it was last written in whole; of a copy of events: about how
 *     many rows have come since
 */
public record Provenance(
    String run,
    String definition,
    Map<String, Long> inputs,
    Map<String, InputUse> uses,
    Optional<Instant> asOf,
    Optional<String> batch,
    Optional<String> cursor) {

  public Provenance {
    inputs = Collections.unmodifiableMap(new TreeMap<>(inputs));
    uses = Collections.unmodifiableMap(new TreeMap<>(uses));
  }

  /** Where nothing is known of what was used. */
  public Provenance(
      String run,
      String definition,
      Map<String, Long> inputs,
      Optional<Instant> asOf,
      Optional<String> batch,
      Optional<String> cursor) {
    this(run, definition, inputs, Map.of(), asOf, batch, cursor);
  }

  /** Whether rows were made by the same definition, of the same inputs and for the same instant. */
  public boolean isOfTheSame(Provenance other) {
    return definition.equals(other.definition)
        && inputs.equals(other.inputs)
        && asOf.equals(other.asOf);
  }
}
