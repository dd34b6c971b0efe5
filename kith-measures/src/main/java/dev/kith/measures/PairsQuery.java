package dev.kith.measures;

import dev.kith.measures.CompiledQuery.Step;
import java.util.List;
import java.util.stream.Stream;

/**
 * SQL that answers pairs of a person and an instant.
 *
 * @param once steps that are the same for all pairs
 * @param gathering steps that gather the events of {@link Instants.Pairs#people()}, and serve all
 *     pairs of these people
 * @param steps those that answer the pairs, from what was gathered
 * @param sql one row per different pair, in no order; the plan's columns, {@code as_of} and {@code
 *     exists}
 */
public record PairsQuery(List<Step> once, List<Step> gathering, List<Step> steps, String sql) {

  public PairsQuery {
    once = List.copyOf(once);
    gathering = List.copyOf(gathering);
    steps = List.copyOf(steps);
  }

  /** All steps one after the other, for pairs that are answered at once. */
  public CompiledQuery together() {
    return new CompiledQuery(Stream.of(once, gathering, steps).flatMap(List::stream).toList(), sql);
  }
}
