package dev.kith.run.build;

import dev.kith.engine.Input;
import dev.kith.engine.Rows;
import dev.kith.engine.Session;
import dev.kith.engine.WriteMode;
import dev.kith.engine.WriteOutcome;
import dev.kith.lake.Changes;
import dev.kith.lake.LakeTable;
import dev.kith.lake.Provenance;
import dev.kith.lake.Snapshot;
import dev.kith.lake.TableVersion;
import dev.kith.measures.CompiledQuery.Step;
import dev.kith.measures.CompiledUpdate;
import dev.kith.measures.InputPart;
import dev.kith.measures.ProfilePlan;
import dev.kith.model.TableName;
import dev.kith.run.graph.Node;
import dev.kith.run.graph.Relations;
import dev.kith.run.plan.RelationVersion;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Brings a profile from the inputs and the instant that its snapshot records to those of now, as
 * far as people's rows can have become others.
 */
final class ProfileUpdate {

  /** Beyond this share of people, finding them has cost more than leaving out the rest saves. */
  private static final double MANY = 0.5;

  private final Building building;
  private final Session session;
  private final Node.ProfileNode profile;
  private final LakeTable table;
  private final Snapshot before;
  private final CompiledUpdate update;

  ProfileUpdate(
      Building building,
      Session session,
      Node.ProfileNode profile,
      LakeTable table,
      Snapshot before,
      CompiledUpdate update) {
    this.building = building;
    this.session = session;
    this.profile = profile;
    this.table = table;
    this.before = before;
    this.update = update;
  }

  /** The inputs from which no row went since a profile's snapshot was made of them. */
  static Set<TableName> growing(Building building, ProfilePlan plan, Snapshot before) {
    return plan.inputs().stream()
        .filter(input -> isGrowing(building, before, input))
        .collect(Collectors.toSet());
  }

  /** An entity's versions end, which takes them from its rows. */
  private static boolean isGrowing(Building building, Snapshot before, TableName input) {
    RelationVersion now = building.versions().get(input);
    LakeTable table = building.warehouse().table(now.table());
    return !now.current()
        && table.changes(recorded(building, before, input), now.snapshot())
            instanceof Changes.Known known
        && known.removed().isEmpty();
  }

  /** Finds out who is touched; what was kept of steps has to be bound already. */
  void begin() {
    update.inputs().keySet().forEach(this::bind);
    update.first().forEach(this::materialise);
  }

  boolean touchesFew() {
    return count(CompiledUpdate.KEYS) <= MANY * before.totals().rows();
  }

  /**
   * Writes touched people's rows, unless a column is another one for everybody. Who follows from
   * state is one of many, of whom nearly all differ: their rows are not compared.
   */
  WriteOutcome write(Provenance provenance) {
    update.inputs().forEach(this::bindParts);
    update.rows().steps().forEach(this::materialise);
    String rows = update.rows().sql();
    if (update.others().isEmpty()) {
      List<String> key = List.of(profile.plan().key().name());
      boolean comparing = update.state().isEmpty();
      WriteMode mode = new WriteMode.ReplaceKeys(key, CompiledUpdate.KEYS, comparing);
      return building.write(session, table, rows, mode, provenance);
    }
    session.bind(
        CompiledUpdate.BEFORE,
        new Input.Whole(new TableVersion(table.name(), before.id())),
        ProfileBuilder.HIDDEN_NAMED);
    String everybody = rows + "\nUNION ALL\n" + update.others().get();
    return building.write(session, table, everybody, new WriteMode.Overwrite(), provenance);
  }

  private void materialise(Step step) {
    session.materialise(step.name(), step.sql());
  }

  private void bind(TableName input) {
    TableName all = CompiledUpdate.all(input);
    TableName came = CompiledUpdate.came(input);
    TableName went = CompiledUpdate.went(input);
    building.bindWhole(session, all, input, ProfileBuilder.HIDDEN_NAMED);
    RelationVersion to = building.versions().get(input);
    TableVersion start = new TableVersion(to.table(), recorded(building, before, input));
    if (update.readsBefore()) {
      building.bind(
          session,
          CompiledUpdate.before(input),
          input,
          new Input.Whole(start),
          ProfileBuilder.HIDDEN_NAMED);
    }
    if (start.equals(to.version())) {
      session.bindView(came, "SELECT * FROM " + all.quoted() + " WHERE false");
      session.bindView(went, "SELECT * FROM " + all.quoted() + " WHERE false");
      return;
    }
    bindChanged(came, input, new Input.Added(start, to.version()), to.current());
    bindChanged(went, input, new Input.Removed(start, to.version()), to.current());
  }

  /** Of an entity, versions that ended are no longer among its rows. */
  private void bindChanged(TableName as, TableName input, Input rows, boolean current) {
    if (!current) {
      building.bindPart(session, as, input, rows, ProfileBuilder.HIDDEN_NAMED);
      return;
    }
    TableName versions = as.withSuffix("_versions");
    building.bindPart(session, versions, input, rows, ProfileBuilder.HIDDEN_NAMED);
    session.bindView(as, "SELECT * FROM " + versions.quoted() + " WHERE \"valid_to\" IS NULL");
  }

  /**
   * The snapshot that the profile was made of; a source records what it owns under its own name.
   */
  private static long recorded(Building building, Snapshot before, TableName input) {
    TableName owner = building.relations().find(input).map(Relations.Relation::owner).orElse(input);
    Long own = before.provenance().inputs().get(input.toString());
    return own != null
        ? own
        : Objects.requireNonNull(before.provenance().inputs().get(owner.toString()));
  }

  /** Each row that touched people's rows are made of is read once, however many steps need it. */
  private void bindParts(TableName input, List<InputPart> parts) {
    List<InputPart> read =
        parts.stream()
            .filter(part -> part.keys().isEmpty() || count(part.keys().get()) > 0)
            .toList();
    String part = "kith_part_of_" + input.toString().replace('.', '_');
    session.materialise(part, read.isEmpty() ? parts.get(0).none() : InputPart.together(read));
    session.bindView(input, "SELECT * FROM " + part);
  }

  private long count(String query) {
    try (Rows rows = session.query("SELECT count(*) FROM (" + query + ") AS k")) {
      rows.next();
      return ((Number) Objects.requireNonNull(rows.value(0))).longValue();
    }
  }
}
