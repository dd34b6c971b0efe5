package dev.kith.measures;

import dev.kith.model.type.Column;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A dataset whose definition holds: features of a profile and labels, as one plan for pairs of
 * people and instants. Made by {@link DatasetPlanner}.
 *
 * @param plan with the columns that the features are made of, too
 * @param columns what the dataset shows beside its rows, in order
 */
public record DatasetPlan(ProfilePlan plan, List<Column> columns, List<Label> labels) {

  /** The column that tells whether the person existed at the instant. */
  public static final String EXISTS = Layers.EXISTS;

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

  /** The plan without labels. */
  public ProfilePlan features() {
    Set<String> ahead =
        labels.stream()
            .map(label -> label.column().toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet());
    return plan.selecting(
        columns.stream()
            .map(Column::name)
            .filter(name -> !ahead.contains(name.toLowerCase(Locale.ROOT)))
            .toList());
  }

  /** As {@link ProfilePlan#canonical()}: equal ones give the same columns for the same rows. */
  public List<String> canonical() {
    List<String> parts = new ArrayList<>(plan.canonical());
    columns.forEach(column -> parts.add(column.name()));
    labels.forEach(label -> parts.add(label.completeUntil().toString()));
    return List.copyOf(parts);
  }

  /** As {@link #canonical()}, of one of the columns. */
  public List<String> canonical(String column) {
    List<String> parts = new ArrayList<>(plan.canonical(List.of(column)));
    labels.stream()
        .filter(label -> label.column().equalsIgnoreCase(column))
        .forEach(label -> parts.add(label.completeUntil().toString()));
    return List.copyOf(parts);
  }
}
