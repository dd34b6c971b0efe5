package dev.kith.run.difference;

import dev.kith.model.TableName;
import dev.kith.run.plan.ReaderChange.Difference;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A table in two releases.
 *
 * @param schema what differs besides rows
 * @param asOf of a profile, in both
 */
public record ComparedTable(
    TableName table, List<Difference> schema, ComparedRows rows, Optional<Instants> asOf) {

  public ComparedTable {
    schema = List.copyOf(schema);
  }

  /** The instants of a profile before and after. */
  public record Instants(Instant before, Instant after) {}

  /** Whether nobody would see a difference. */
  public boolean isSame() {
    return schema.isEmpty()
        && (rows instanceof ComparedRows.SameSnapshot
            || (rows instanceof ComparedRows.Counted counted && counted.isSame()));
  }
}
