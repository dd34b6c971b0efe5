package dev.kith.run.plan;

import dev.kith.lake.LakeTable;
import dev.kith.lake.PhysicalTable;
import dev.kith.lake.TableLayout;
import dev.kith.lake.Warehouse;
import dev.kith.model.Fingerprint;
import dev.kith.model.TableName;

/**
 * Which physical table holds a built table: one for each layout. Other columns, types, key or
 * partitioning are another physical table, so that readers of the old one are never disturbed.
 */
public final class PhysicalTables {

  private PhysicalTables() {}

  public static PhysicalTable name(TableName table, TableLayout layout) {
    Fingerprint fingerprint =
        Fingerprint.of(
            layout.schema().sql(),
            layout.partitioning().toString(),
            layout.sortedBy().toString(),
            layout.key().toString());
    return new PhysicalTable(table.toString().replace('.', '_') + "_" + fingerprint.abbreviated());
  }

  /** The physical table of a layout, made if it does not exist. */
  public static LakeTable open(Warehouse warehouse, TableName table, TableLayout layout) {
    return warehouse.openOrCreate(name(table, layout), layout);
  }
}
