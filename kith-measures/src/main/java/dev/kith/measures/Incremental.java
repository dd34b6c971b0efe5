package dev.kith.measures;

import dev.kith.measures.CompiledQuery.Step;
import java.util.List;

/**
 * A family whose results follow from what they were and from what came to windows and went from
 * them, without a look at the events that stay. Where that does not hold for some people, for
 * instance because their greatest value went, they are doubtful, and computed anew.
 */
sealed interface Incremental permits Accumulation, Distinctness, Tally {

  /**
   * The steps after which the family's results are there, of the instant that its state is of. What
   * was kept is bound as state, and under the names of its steps.
   */
  List<Step> restored();

  /** What is found out from the state and from what came and went. */
  List<Step> followed(Delta delta);

  /** Whether this reads the keys and times of a table's rows that are no longer there. */
  default boolean readsGone(EventTable events, Delta delta) {
    return false;
  }

  /** A query for the keys of doubtful people; none if nobody can be. */
  List<String> doubtful();

  /**
   * Of doubtful people those of whom also the events are needed that lie before all windows that
   * begin at some time: a query for their keys. None if nobody's are.
   */
  List<String> doubtfulBeyond();

  /** The results of all touched people, after the events of doubtful people are bound. */
  List<Step> settled(Delta delta);

  /** How the state becomes that of now. */
  List<StateChange> changes(Delta delta);
}
