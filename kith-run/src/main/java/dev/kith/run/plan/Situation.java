package dev.kith.run.plan;

import dev.kith.model.TableName;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * How far a plan, or a run, has come.
 *
 * @param versions that names stand for by now
 * @param settled tables whose rows are, or will be, as their definitions of now want them
 * @param changing names whose rows will be others than they are now
 * @param asOf the instant of profiles, if it is known
 */
record Situation(
    Versions versions, Set<TableName> settled, Set<TableName> changing, Optional<Instant> asOf) {

  /** Whether it is known which rows a name stands for. */
  boolean isKnown(TableName name) {
    return versions.has(name) && !changing.contains(name);
  }
}
