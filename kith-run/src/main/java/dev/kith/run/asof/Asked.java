package dev.kith.run.asof;

import dev.kith.measures.DatasetPlan.Label;
import dev.kith.measures.ProfilePlan;
import dev.kith.model.definition.Knowledge;
import dev.kith.model.type.Column;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A question of which everything is known.
 *
 * @param plan of the columns and what they are made of
 * @param columns that are shown, in order
 * @param labels those of the columns that are made of windows ahead
 */
public record Asked(
    ProfilePlan plan,
    List<Column> columns,
    List<Label> labels,
    RowsOrigin rows,
    InstantOfRow at,
    Knowledge known) {

  public Asked {
    columns = List.copyOf(columns);
    labels = List.copyOf(labels);
  }

  /** The plan without labels. */
  ProfilePlan features() {
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
}
