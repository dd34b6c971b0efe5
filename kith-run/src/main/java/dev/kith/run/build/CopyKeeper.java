package dev.kith.run.build;

import dev.kith.engine.Input;
import dev.kith.engine.Session;
import dev.kith.engine.WriteMode;
import dev.kith.engine.WriteOutcome;
import dev.kith.lake.ChangedFile;
import dev.kith.lake.Changes;
import dev.kith.lake.LakeTable;
import dev.kith.lake.Provenance;
import dev.kith.lake.Snapshot;
import dev.kith.lake.TableVersion;
import dev.kith.model.TableName;
import dev.kith.model.definition.Knowledge;
import dev.kith.run.event.RunEvent;
import dev.kith.run.graph.Node;
import dev.kith.run.plan.EventCopies;
import dev.kith.run.plan.EventCopies.Wanted;
import dev.kith.run.plan.RelationVersion;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes the copies of a profile's events, and lets them follow what came to the events and went
 * from them. What came is added; where something went, all rows of its people are copied anew. So
 * the cost follows the change, until a copy has so many added rows that it is made anew.
 */
public final class CopyKeeper {

  /** Beyond this share of added rows, finding what holds of them costs more than a new copy. */
  private static final double MANY = 0.25;

  private static final TableName ALL = TableName.of("kith_all_events");
  private static final TableName CAME = TableName.of("kith_events_that_came");
  private static final TableName WENT = TableName.of("kith_events_that_went");
  private static final Set<String> HIDDEN_NAMED = Set.of(Knowledge.INGESTED_AT);

  private final Building building;
  private final EventCopies copies;
  private final Clock clock;

  public CopyKeeper(Building building, Clock clock) {
    this.building = building;
    this.copies =
        new EventCopies(
            building.warehouse(), building.relations(), building.sampling(), building.zone());
    this.clock = clock;
  }

  /** Lets the copies that a profile asks for have the rows that its events have now. */
  public void keep(Node.ProfileNode profile) {
    for (Wanted wanted : copies.of(profile)) {
      Optional<Snapshot> before = copies.newest(wanted);
      long events = building.versions().get(wanted.relation()).snapshot();
      if (before.filter(copy -> EventCopies.isOf(wanted, copy, events)).isEmpty()) {
        keep(profile.name(), wanted, before);
      }
    }
  }

  private void keep(TableName profile, Wanted wanted, Optional<Snapshot> before) {
    Instant begin = clock.instant();
    LakeTable table = building.warehouse().openOrCreate(wanted.table(), wanted.layout());
    Optional<Step> step = before.flatMap(copy -> step(wanted, copy));
    String activity =
        (step.isPresent() ? "adding to" : "making") + " its copy of " + wanted.relation();
    WriteOutcome outcome =
        building.inSession(
            profile,
            activity,
            session ->
                step.map(known -> follow(session, table, wanted, known))
                    .orElseGet(() -> make(session, table, wanted)));
    building
        .listener()
        .on(
            new RunEvent.Copied(
                profile,
                wanted.relation(),
                step.isEmpty(),
                table.head().orElseThrow().totals().rows(),
                outcome.rowsAdded(),
                outcome.rowsDeleted(),
                outcome.bytesWritten(),
                Duration.between(begin, clock.instant())));
  }

  /**
   * From one version of the events to another.
   *
   * @param added about how many rows of the copy are marked as added afterwards
   */
  private record Step(TableVersion from, TableVersion to, boolean rowsWent, long added) {}

  /** Nothing if it cannot be told what changed, or if that is too much. */
  private Optional<Step> step(Wanted wanted, Snapshot copy) {
    RelationVersion to = building.versions().get(wanted.relation());
    Long from = copy.provenance().inputs().get(wanted.relation().toString());
    if (from == null
        || !(building.warehouse().table(to.table()).changes(from, to.snapshot())
            instanceof Changes.Known changes)) {
      return Optional.empty();
    }
    long before = EventCopies.added(copy);
    long added = before + rows(changes.added()) + rows(changes.removed());
    return added > MANY * copy.totals().rows()
        ? Optional.empty()
        : Optional.of(
            new Step(
                new TableVersion(to.table(), from),
                to.version(),
                !changes.removed().isEmpty(),
                added));
  }

  private static long rows(List<ChangedFile> files) {
    return files.stream().mapToLong(ChangedFile::rowsAtMost).sum();
  }

  private WriteOutcome make(Session session, LakeTable table, Wanted wanted) {
    building.bindWhole(session, ALL, wanted.relation(), HIDDEN_NAMED);
    return building.write(
        session,
        table,
        wanted.copy().made(ALL, wanted.columns()),
        new WriteMode.Overwrite(),
        provenance(wanted, 0));
  }

  private WriteOutcome follow(Session session, LakeTable table, Wanted wanted, Step step) {
    bind(session, CAME, wanted, new Input.Added(step.from(), step.to()));
    String came = wanted.copy().added(CAME, wanted.columns());
    Provenance provenance = provenance(wanted, step.added());
    if (!step.rowsWent()) {
      return building.write(session, table, came, new WriteMode.Append(), provenance);
    }
    bind(session, WENT, wanted, new Input.Removed(step.from(), step.to()));
    bind(session, ALL, wanted, new Input.Whole(step.to()));
    String key = wanted.copy().events().key();
    String quoted = wanted.copy().events().person();
    String people =
        "SELECT DISTINCT %1$s FROM %2$s WHERE %1$s IS NOT NULL".formatted(quoted, WENT.quoted());
    String theirs =
        "SELECT * FROM (%s) AS a WHERE %s IN (%s)"
            .formatted(wanted.copy().added(ALL, wanted.columns()), quoted, people);
    String others = "SELECT * FROM (%s) AS c WHERE %s NOT IN (%s)".formatted(came, quoted, people);
    return building.write(
        session,
        table,
        theirs + "\nUNION ALL " + others,
        new WriteMode.ReplaceKeys(List.of(key), people, false),
        provenance);
  }

  private void bind(Session session, TableName as, Wanted wanted, Input rows) {
    building.bind(session, as, wanted.relation(), rows, HIDDEN_NAMED);
  }

  private Provenance provenance(Wanted wanted, long added) {
    return new Provenance(
        building.run(),
        wanted.meaning().hex(),
        Map.of(wanted.relation().toString(), building.versions().get(wanted.relation()).snapshot()),
        Optional.empty(),
        Optional.empty(),
        Optional.of(String.valueOf(added)));
  }
}
