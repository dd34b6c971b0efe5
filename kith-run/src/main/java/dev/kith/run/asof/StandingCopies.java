package dev.kith.run.asof;

import dev.kith.engine.Input;
import dev.kith.engine.Session;
import dev.kith.lake.Snapshot;
import dev.kith.lake.TableVersion;
import dev.kith.measures.EventCopy;
import dev.kith.measures.EventTable;
import dev.kith.measures.ProfilePlan.Existence.ByHistory;
import dev.kith.measures.StandingCopy;
import dev.kith.model.TableName;
import dev.kith.model.definition.Knowledge;
import dev.kith.run.graph.Blueprint;
import dev.kith.run.plan.EventCopies;
import dev.kith.run.plan.EventCopies.Wanted;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The copies of events that a question is answered from. A copy takes the place of a table's events
 * where it is of the very rows that they are read of, and has all that the question needs of them.
 */
public final class StandingCopies {

  /** For those who answer from the events themselves. */
  public static final StandingCopies NONE = new StandingCopies(List.of(), Set.of());

  private static final Logger LOG = LoggerFactory.getLogger(StandingCopies.class);

  private final List<Found> found;
  private final Set<String> hiddenNamed;

  private record Found(Wanted wanted, Snapshot snapshot) {}

  private StandingCopies(List<Found> found, Set<String> hiddenNamed) {
    this.found = List.copyOf(found);
    this.hiddenNamed = hiddenNamed;
  }

  /**
   * Those that there are.
   *
   * @param snapshots of the tables that the question is answered from
   */
  public static StandingCopies of(
      EventCopies copies,
      Blueprint blueprint,
      Asked asked,
      Function<TableName, Optional<Long>> snapshots) {
    List<Wanted> wanted = copies.of(blueprint);
    if (wanted.isEmpty()) {
      return NONE;
    }
    List<Found> found = new ArrayList<>();
    for (EventCopy best : EventCopy.of(asked.plan())) {
      EventTable events = best.events();
      Optional<Long> snapshot = snapshots.apply(events.relation());
      if (snapshot.isEmpty() || !isReadOnce(events, asked)) {
        continue;
      }
      Optional<Found> copy =
          wanted.stream()
              .filter(one -> one.copy().events().equals(events) && isEnough(one, asked))
              .sorted(Comparator.comparing(one -> !one.copy().keepsTimesOf(best)))
              .flatMap(
                  one ->
                      copies.of(one, snapshot.get()).stream().map(there -> new Found(one, there)))
              .findFirst();
      LOG.info(
          "{}: {}",
          events.relation(),
          copy.isPresent() ? "from its copy by person" : "no copy by person that has these rows");
      copy.ifPresent(found::add);
    }
    return new StandingCopies(found, asked.hiddenNamed());
  }

  /** Whether nothing else is made of the same table, which a copy would hide. */
  private static boolean isReadOnce(EventTable events, Asked asked) {
    long uses =
        asked.plan().eventTables().stream()
            .filter(other -> other.relation().equals(events.relation()))
            .count();
    boolean isHistory =
        asked.plan().existence() instanceof ByHistory history
            && history.relation().equals(events.relation());
    return uses == 1 && !isHistory;
  }

  private static boolean isEnough(Wanted wanted, Asked asked) {
    return wanted.copy().covers(asked.plan())
        && (asked.known() == Knowledge.NOW || wanted.columns().has(Knowledge.INGESTED_AT));
  }

  /** Makes them readable under the names of the events, instead of these. */
  void bind(Session session) {
    for (Found copy : found) {
      TableVersion version = new TableVersion(copy.wanted().table(), copy.snapshot().id());
      session.bind(copy.wanted().relation(), new Input.Whole(version), hiddenNamed);
    }
  }

  List<StandingCopy> bound() {
    return found.stream()
        .map(copy -> new StandingCopy(copy.wanted().copy(), EventCopies.added(copy.snapshot()) > 0))
        .toList();
  }
}
