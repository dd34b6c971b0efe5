package dev.kith.run.plan;

import java.util.List;

/**
 * That a profile's rows, though made by an earlier definition, hold columns as they should be now.
 *
 * @param from the rows: of the people who exist, at the wanted instant
 * @param columns the names of these columns
 */
public record Takeover(Standing from, List<String> columns) {
  public Takeover {
    columns = List.copyOf(columns);
  }
}
