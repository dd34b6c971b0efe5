package dev.kith.run.asof;

import dev.kith.measures.DatasetPlan;
import dev.kith.measures.DatasetPlan.Label;
import dev.kith.measures.ProfilePlan;
import dev.kith.model.definition.Knowledge;
import dev.kith.model.type.Column;
import dev.kith.model.type.DataType;
import dev.kith.model.type.DataType.Primitive;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

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

  private static final String SINCE_EVER = "_since_ever";

  public Asked {
    columns = List.copyOf(columns);
    labels = List.copyOf(labels);
  }

  /** The plan without labels. */
  ProfilePlan features() {
    return new DatasetPlan(plan, columns, labels).features();
  }

  /** The columns that the rows must have, and their types. */
  public Map<String, DataType> typesOfRows() {
    Map<String, DataType> types = new LinkedHashMap<>();
    types.put(plan.key().name(), plan.key().type());
    if (at instanceof InstantOfRow.InColumn column) {
      types.put(column.name(), Primitive.INSTANT);
    }
    return types;
  }

  /** The hidden columns of inputs that are read. */
  public Set<String> hiddenNamed() {
    return known == Knowledge.THEN ? Set.of(SINCE_EVER, Knowledge.INGESTED_AT) : Set.of(SINCE_EVER);
  }
}
