package dev.kith.measures;

import dev.kith.model.type.Column;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A dataset whose definition holds: features of a profile and labels, as one plan for pairs of
 * people and instants. Made by {@link DatasetPlanner}.
 *
 * @param plan with the columns that the features are made of, too
 * @param columns what the dataset shows beside its rows, in order
 */
public record DatasetPlan(ProfilePlan plan, List<Column> columns, List<Label> labels) {

  public DatasetPlan {
    columns = List.copyOf(columns);
    labels = List.copyOf(labels);
  }

  /**
   * A column of a window that looks forward.
   *
   * @param events of which it is made
   * @param completeUntil up to when the events are all there, if the definition says so
   */
  public record Label(String column, EventTable events, Optional<Instant> completeUntil) {}
}
