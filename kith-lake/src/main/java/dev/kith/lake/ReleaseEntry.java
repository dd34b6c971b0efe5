package dev.kith.lake;

import dev.kith.model.type.TableSchema;
import java.util.Optional;

/**
 * What a logical name means in a release.
 *
 * @param schema the columns at that snapshot
 * @param checks the fingerprint of the checks that it has passed, if it has any
 */
public record ReleaseEntry(
    PhysicalTable table, long snapshotId, TableSchema schema, Kind kind, Optional<String> checks) {

  /** Without checks. */
  public ReleaseEntry(PhysicalTable table, long snapshotId, TableSchema schema, Kind kind) {
    this(table, snapshotId, schema, kind, Optional.empty());
  }

  /** How the rows of the physical table are to be read. */
  public enum Kind {
    /** As they are. */
    TABLE,
    /** As they are: one row per person. */
    PROFILE,
    /** As they are: people as they were at instants. */
    DATASET,
    /** The table holds all versions of an entity; the name means those that are current. */
    CURRENT_OF_HISTORY,
    /** As they are: all versions of an entity. */
    HISTORY,
    /** As they are: rows that a source could not accept. */
    REJECTED,
    /** Kept for Kith's own use; people do not see it. */
    STATE
  }

  public TableVersion version() {
    return new TableVersion(table, snapshotId);
  }
}
