package dev.kith.measures;

import dev.kith.model.definition.Knowledge;
import java.time.Instant;

/** The people and instants that a query answers for. */
public sealed interface Instants {

  /** Everybody who exists at one instant: a row each. */
  record Single(Instant at) implements Instants {}

  /**
   * The pairs in a relation: a row for each different one, whether the person exists then or not.
   *
   * @param relation the name that the pairs are bound to
   * @param key its column with the person's key, of the profile key's type
   * @param instant its column with the instant, of type TIMESTAMP WITH TIME ZONE; all are in the
   *     bounds
   * @param bounds the name that the rows of {@link WindowBounds} are bound to
   * @param known for {@link Knowledge#THEN} all inputs show {@link Knowledge#INGESTED_AT}
   * @param people the name of a relation that has the keys of these pairs in its column {@code
   *     key}, and may have those of other pairs as well
   */
  record Pairs(
      String relation, String key, String instant, String bounds, Knowledge known, String people)
      implements Instants {

    /** All at once. */
    public Pairs(String relation, String key, String instant, String bounds, Knowledge known) {
      this(relation, key, instant, bounds, known, relation);
    }
  }
}
