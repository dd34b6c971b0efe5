package dev.kith.run.asof;

import dev.kith.engine.WriteMode;
import dev.kith.engine.WriteOutcome;
import dev.kith.lake.LakeTable;
import dev.kith.lake.Provenance;
import dev.kith.run.build.Building;
import dev.kith.run.graph.Node;

/** Builds the table of a dataset from the events, and not from its profile: rows have instants. */
public final class DatasetBuilder {

  private final Building building;

  public DatasetBuilder(Building building) {
    this.building = building;
  }

  public WriteOutcome build(Node.DatasetNode dataset, LakeTable table, Provenance provenance) {
    return building.inSession(
        dataset.name(),
        "computing",
        session -> {
          DatasetRows rows =
              new DatasetRows(
                  session,
                  building.zone(),
                  (relation, hidden) -> building.bindWhole(session, relation, hidden));
          return building.write(
              session, table, rows.query(dataset), new WriteMode.Overwrite(), provenance);
        });
  }
}
