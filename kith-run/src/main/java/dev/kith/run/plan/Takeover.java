package dev.kith.run.plan;

import java.util.List;

/**
 * That a profile's rows, though made by an earlier definition, hold columns as they should be now.
 *
 * @param from the rows
 * @param columns the names of these columns
 * @param moved whether they were as they should be at the instant and of the inputs that the rows
 *     are of, which are not those of now
 */
public record Takeover(Standing from, List<String> columns, boolean moved) {
  public Takeover {
    columns = List.copyOf(columns);
  }
}
