package dev.kith.run;

import dev.kith.lake.ReleaseEntry;
import dev.kith.lake.Snapshot;
import dev.kith.model.TableName;
import dev.kith.model.type.TableSchema;
import java.time.Instant;

/**
 * A table of a release, for listings.
 *
 * @param bytes of data files; a view of the history of an entity has the history's
 * @param changedAt when its snapshot was committed
 */
public record TableInfo(
    TableName name, Kind kind, TableSchema schema, long rows, long bytes, Instant changedAt) {

  /** What made a table. */
  public enum Kind {
    EVENTS,
    ENTITY,
    HISTORY,
    REJECTED,
    TABLE,
    PROFILE,
    DATASET;

    static Kind of(ReleaseEntry.Kind kind, Snapshot snapshot) {
      return switch (kind) {
        case PROFILE -> PROFILE;
        case DATASET -> DATASET;
        case CURRENT_OF_HISTORY -> ENTITY;
        case HISTORY -> HISTORY;
        case REJECTED -> REJECTED;
        case TABLE -> snapshot.provenance().cursor().isPresent() ? EVENTS : TABLE;
        case STATE -> throw new IllegalStateException("People do not see state");
      };
    }
  }
}
