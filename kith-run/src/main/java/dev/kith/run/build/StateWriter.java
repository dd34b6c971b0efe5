package dev.kith.run.build;

import dev.kith.engine.Input;
import dev.kith.engine.Session;
import dev.kith.engine.WriteMode;
import dev.kith.lake.LakeTable;
import dev.kith.lake.Provenance;
import dev.kith.lake.Snapshot;
import dev.kith.lake.TableVersion;
import dev.kith.measures.CompiledQuery.Step;
import dev.kith.measures.CompiledUpdate;
import dev.kith.measures.StateChange;
import dev.kith.model.TableName;
import dev.kith.run.plan.KeptState;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Writes and reads what is kept beside a profile, with the provenance that the profile has. */
final class StateWriter {

  /** Beyond so many times the rows of its last whole writing, a journal is condensed. */
  private static final double LONG = 1.5;

  /** Recorded of rows that were all written at once: without it, a table keeps what it had. */
  private static final String ALL = "all";

  private final Building building;
  private final Session session;
  private final KeptState state;
  private final Provenance provenance;

  StateWriter(Building building, Session session, KeptState state, Provenance provenance) {
    this.building = building;
    this.session = session;
    this.state = state;
    this.provenance = provenance;
  }

  /** Keeps the rows of a step, which others then read from there. */
  void keep(Step step) {
    LakeTable table =
        building.warehouse().openOrCreate(state.table(step.name()), state.layout(step.name()));
    building.write(session, table, step.sql(), new WriteMode.Overwrite(), provenance(ALL));
    bind(TableName.of(step.name()), table);
  }

  /** Makes everything readable that was kept. */
  void bindAll() {
    state.schemas().keySet().forEach(step -> bind(CompiledUpdate.state(step), table(step)));
  }

  private LakeTable table(String step) {
    return building.warehouse().table(state.table(step));
  }

  private void bind(TableName as, LakeTable table) {
    Snapshot head = table.head().orElseThrow();
    session.bind(as, new Input.Whole(new TableVersion(table.name(), head.id())), Set.of());
  }

  /** Makes the rows of a step readable in the place of making them. */
  void restore(String step) {
    bind(CompiledUpdate.state(step), table(step));
    bind(TableName.of(step), table(step));
  }

  /** Lets what was kept of a step for another snapshot be of the profile's. */
  void carryOver(String step) {
    LakeTable table = table(step);
    TableName rows = CompiledUpdate.state(step);
    building.write(
        session,
        table,
        "SELECT * FROM " + rows.quoted() + " WHERE FALSE",
        new WriteMode.Append(),
        provenance(String.valueOf(wholeRows(table.head().orElseThrow()))));
  }

  /** How many rows there were when they were last written at once. */
  private static long wholeRows(Snapshot head) {
    String recorded = head.provenance().cursor().orElse(ALL);
    return recorded.equals(ALL) ? head.totals().rows() : Long.parseLong(recorded);
  }

  void change(StateChange change) {
    LakeTable table = table(change.step());
    long whole = wholeRows(table.head().orElseThrow());
    WriteMode mode =
        change
            .replaced()
            .<WriteMode>map(
                keys -> new WriteMode.ReplaceKeys(List.of(StateChange.KEY), keys, false))
            .orElse(new WriteMode.Append());
    building.write(session, table, change.rows(), mode, provenance(String.valueOf(whole)));
    long rows = table.head().orElseThrow().totals().rows();
    if (change.condensed().isPresent() && rows > LONG * whole) {
      bind(CompiledUpdate.state(change.step()), table);
      building.write(
          session, table, change.condensed().get(), new WriteMode.Overwrite(), provenance(ALL));
    }
  }

  private Provenance provenance(String wholeRows) {
    return new Provenance(
        provenance.run(),
        provenance.definition(),
        provenance.inputs(),
        provenance.asOf(),
        Optional.empty(),
        Optional.of(wholeRows));
  }
}
