package dev.kith.run.asof;

import dev.kith.engine.WriteMode;
import dev.kith.engine.WriteOutcome;
import dev.kith.lake.LakeTable;
import dev.kith.lake.Provenance;
import dev.kith.run.build.Building;
import dev.kith.run.graph.Node;
import java.util.function.Function;

/** Builds the table of a dataset from the events, and not from its profile: rows have instants. */
public final class DatasetBuilder {

  private final Building building;
  private final Function<Asked, StandingCopies> copies;

  /**
   * @param copies those that there are for a question
   */
  public DatasetBuilder(Building building, Function<Asked, StandingCopies> copies) {
    this.building = building;
    this.copies = copies;
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
                  copies,
                  (relation, hidden) -> building.bindWhole(session, relation, hidden));
          return building.write(
              session, table, rows.query(dataset), new WriteMode.Overwrite(), provenance);
        });
  }
}
