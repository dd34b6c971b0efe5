package dev.kith.run.asof;

import dev.kith.measures.Knowledge;
import java.util.List;

/**
 * Rows of people and instants, and what is asked about them.
 *
 * @param columns of the profile; all if there are none
 * @param known which rows of the release count
 */
public record AsOfQuestion(
    RowsOrigin rows, InstantOfRow at, List<String> columns, Knowledge known) {

  public AsOfQuestion {
    columns = List.copyOf(columns);
  }
}
