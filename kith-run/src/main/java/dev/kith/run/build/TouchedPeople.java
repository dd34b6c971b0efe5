package dev.kith.run.build;

import dev.kith.engine.Input;
import dev.kith.engine.Rows;
import dev.kith.engine.Session;
import dev.kith.engine.WriteMode;
import dev.kith.engine.WriteOutcome;
import dev.kith.lake.LakeTable;
import dev.kith.lake.Provenance;
import dev.kith.lake.Snapshot;
import dev.kith.lake.TableVersion;
import dev.kith.measures.CompiledQuery;
import dev.kith.measures.CompiledUpdate;
import dev.kith.measures.UpdateCompiler;
import dev.kith.model.TableName;
import dev.kith.run.graph.Node;
import dev.kith.run.graph.Relations;
import dev.kith.run.plan.RelationVersion;
import java.util.List;
import java.util.Objects;

/**
 * Brings a profile from the inputs and the instant that its snapshot records to those of now, by
 * computing the people anew whose rows can have become others.
 */
final class TouchedPeople {

  /** Beyond this share of people, finding them has cost more than leaving out the rest saves. */
  private static final double MANY = 0.5;

  private final Building building;
  private final Session session;
  private final Node.ProfileNode profile;
  private final LakeTable table;
  private final Snapshot before;
  private final CompiledUpdate update;

  /** Finds them. */
  TouchedPeople(
      Building building,
      Session session,
      Node.ProfileNode profile,
      LakeTable table,
      Snapshot before) {
    this.building = building;
    this.session = session;
    this.profile = profile;
    this.table = table;
    this.before = before;
    this.update =
        UpdateCompiler.compile(
            profile.plan(),
            before.provenance().asOf().orElseThrow(),
            building.asOf(),
            building.zone());
    update.inputs().keySet().forEach(this::bind);
    session.materialise(update.touched().name(), update.touched().sql());
  }

  boolean areFew() {
    return number("SELECT count(*) FROM (" + update.keys() + ") AS k")
        <= MANY * before.totals().rows();
  }

  /** Writes only rows that differ, unless a column is another one for everybody. */
  WriteOutcome write(Provenance provenance) {
    update.inputs().forEach(this::bindPart);
    for (CompiledQuery.Step step : update.rows().steps()) {
      session.materialise(step.name(), step.sql());
    }
    String rows = update.rows().sql();
    if (update.others().isEmpty()) {
      List<String> key = List.of(profile.plan().key().name());
      return building.write(
          session, table, rows, new WriteMode.ReplaceKeys(key, update.keys()), provenance);
    }
    session.bind(
        CompiledUpdate.BEFORE,
        new Input.Whole(new TableVersion(table.name(), before.id())),
        ProfileBuilder.HIDDEN_NAMED);
    String everybody = rows + "\nUNION ALL\n" + update.others().get();
    return building.write(session, table, everybody, new WriteMode.Overwrite(), provenance);
  }

  private void bind(TableName input) {
    TableName all = CompiledUpdate.all(input);
    TableName changed = CompiledUpdate.changed(input);
    building.bindWhole(session, all, input, ProfileBuilder.HIDDEN_NAMED);
    RelationVersion to = building.versions().get(input);
    long from = recorded(input);
    if (from == to.snapshot()) {
      session.bindView(changed, "SELECT * FROM " + all.quoted() + " WHERE false");
      return;
    }
    TableVersion start = new TableVersion(to.table(), from);
    TableName added = changed.withSuffix("_added");
    TableName removed = changed.withSuffix("_removed");
    bind(added, input, new Input.Added(start, to.version()));
    bind(removed, input, new Input.Removed(start, to.version()));
    // Of an entity, versions that ended are no longer among its rows.
    String condition = to.current() ? " WHERE \"valid_to\" IS NULL" : "";
    session.bindView(
        changed,
        "SELECT * FROM %s%s UNION ALL SELECT * FROM %s%s"
            .formatted(added.quoted(), condition, removed.quoted(), condition));
  }

  private void bind(TableName as, TableName input, Input rows) {
    building.bindPart(session, as, input, rows, ProfileBuilder.HIDDEN_NAMED);
  }

  /**
   * The snapshot that the profile was made of; a source records what it owns under its own name.
   */
  private long recorded(TableName input) {
    TableName owner = building.relations().find(input).map(Relations.Relation::owner).orElse(input);
    Long own = before.provenance().inputs().get(input.toString());
    return own != null
        ? own
        : Objects.requireNonNull(before.provenance().inputs().get(owner.toString()));
  }

  /** Each row that touched people's rows are made of is read once, however many steps need it. */
  private void bindPart(TableName input, String sql) {
    String part = "kith_part_of_" + input.toString().replace('.', '_');
    session.materialise(part, sql);
    session.bindView(input, "SELECT * FROM " + part);
  }

  private long number(String sql) {
    try (Rows rows = session.query(sql)) {
      rows.next();
      return ((Number) Objects.requireNonNull(rows.value(0))).longValue();
    }
  }
}
