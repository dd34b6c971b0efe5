package dev.kith.run.build;

import dev.kith.engine.Session;
import dev.kith.engine.WriteMode;
import dev.kith.engine.WriteOutcome;
import dev.kith.lake.LakeTable;
import dev.kith.lake.Provenance;
import dev.kith.measures.AsOfCompiler;
import dev.kith.measures.CompiledQuery;
import dev.kith.measures.Instants;
import dev.kith.model.TableName;
import dev.kith.run.graph.Node;
import java.util.Set;

/** Computes a profile from the events, for everybody at one instant. */
public final class ProfileBuilder {

  private final Building building;

  public ProfileBuilder(Building building) {
    this.building = building;
  }

  public WriteOutcome build(Node.ProfileNode profile, LakeTable table, Provenance provenance) {
    CompiledQuery compiled =
        AsOfCompiler.compile(profile.plan(), new Instants.Single(building.asOf()), building.zone());
    return building.inSession(
        profile.name(), "computing", session -> run(session, profile, compiled, table, provenance));
  }

  private WriteOutcome run(
      Session session,
      Node.ProfileNode profile,
      CompiledQuery compiled,
      LakeTable table,
      Provenance provenance) {
    for (TableName input : profile.plan().inputs()) {
      building.bindWhole(session, input, Set.of("_since_ever"));
    }
    for (CompiledQuery.Step step : compiled.steps()) {
      session.materialise(step.name(), step.sql());
    }
    return building.write(session, table, compiled.sql(), new WriteMode.Overwrite(), provenance);
  }
}
