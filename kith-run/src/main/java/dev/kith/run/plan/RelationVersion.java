package dev.kith.run.plan;

import dev.kith.lake.PhysicalTable;
import dev.kith.lake.TableVersion;

/**
 * What a name stands for at a moment: the rows of a version, or those of an entity's history that
 * are current.
 *
 * @param current whether only rows whose {@code valid_to} is NULL are meant
 */
public record RelationVersion(TableVersion version, boolean current) {

  public PhysicalTable table() {
    return version.table();
  }

  public long snapshot() {
    return version.snapshotId();
  }
}
