package dev.kith.run.plan;

import dev.kith.lake.PhysicalTable;
import dev.kith.lake.Snapshot;
import dev.kith.lake.TableLayout;
import dev.kith.lake.Warehouse;
import dev.kith.measures.EventCopy;
import dev.kith.model.Fingerprint;
import dev.kith.model.TableName;
import dev.kith.model.type.TableSchema;
import dev.kith.run.graph.Blueprint;
import dev.kith.run.graph.Node;
import dev.kith.run.graph.Relations;
import dev.kith.run.graph.Sampling;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The copies of events in the order of people that profiles ask for. No release holds them and no
 * reader sees them: whoever answers about other instants takes one that is of the very rows which
 * the release has, and does without if there is none.
 */
public final class EventCopies {

  private static final String PURPOSE = "by_person";

  private final Warehouse warehouse;
  private final Relations relations;
  private final Sampling sampling;
  private final ZoneId zone;

  /**
   * @param sampling what of sources' rows is read
   * @param zone the project's
   */
  public EventCopies(Warehouse warehouse, Relations relations, Sampling sampling, ZoneId zone) {
    this.warehouse = warehouse;
    this.relations = relations;
    this.sampling = sampling;
    this.zone = zone;
  }

  /**
   * One that there should be.
   *
   * @param meaning of its rows; equal ones of the same events are the same rows
   * @param table where it is; the name changes with what the rows mean
   * @param columns of the table of events, all of them
   */
  public record Wanted(
      EventCopy copy, Fingerprint meaning, PhysicalTable table, TableSchema columns) {

    /** The table of events. */
    public TableName relation() {
      return copy.events().relation();
    }

    public TableLayout layout() {
      return new TableLayout(copy.schema(columns), List.of(), copy.order(), List.of());
    }
  }

  /** Those of all profiles. */
  public List<Wanted> of(Blueprint blueprint) {
    List<Wanted> wanted = new ArrayList<>();
    for (Node node : blueprint.nodes()) {
      if (node instanceof Node.ProfileNode profile) {
        wanted.addAll(of(profile));
      }
    }
    return List.copyOf(wanted);
  }

  /** Those of a profile: none, unless its definition asks for them. */
  public List<Wanted> of(Node.ProfileNode profile) {
    return profile.definition().asOfCopy()
        ? EventCopy.of(profile.plan()).stream().map(this::wanted).toList()
        : List.of();
  }

  private Wanted wanted(EventCopy copy) {
    TableName relation = copy.events().relation();
    TableSchema columns = relations.find(relation).orElseThrow().schema();
    List<String> parts = new ArrayList<>(copy.canonical());
    parts.add(copy.schema(columns).sql());
    parts.add(zone.getId());
    sampling.condition(relation, columns).ifPresent(parts::add);
    Fingerprint meaning = Fingerprint.of(parts);
    String name = relation.toString().replace('.', '_') + "_" + meaning.abbreviated();
    return new Wanted(copy, meaning, new PhysicalTable(name).beside(PURPOSE), columns);
  }

  /** What there is of it, of whatever rows. */
  public Optional<Snapshot> newest(Wanted wanted) {
    return warehouse.exists(wanted.table())
        ? warehouse.table(wanted.table()).head().filter(head -> isMeant(wanted, head))
        : Optional.empty();
  }

  /** What there is of it that was made of a snapshot of the events. */
  public Optional<Snapshot> of(Wanted wanted, long events) {
    return warehouse.exists(wanted.table())
        ? warehouse.table(wanted.table()).history().stream()
            .filter(snapshot -> isMeant(wanted, snapshot))
            .filter(snapshot -> isOf(wanted, snapshot, events))
            .findFirst()
        : Optional.empty();
  }

  private static boolean isMeant(Wanted wanted, Snapshot snapshot) {
    return snapshot.provenance().definition().equals(wanted.meaning().hex());
  }

  /** Whether it was made of a snapshot of the events. */
  public static boolean isOf(Wanted wanted, Snapshot copy, long events) {
    return Objects.equals(copy.provenance().inputs().get(wanted.relation().toString()), events);
  }

  /** About how many rows have come since it was last made in whole; none only if there are none. */
  public static long added(Snapshot copy) {
    return copy.provenance().cursor().map(Long::parseLong).orElse(0L);
  }
}
