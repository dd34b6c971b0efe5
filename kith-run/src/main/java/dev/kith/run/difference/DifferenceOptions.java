package dev.kith.run.difference;

import dev.kith.model.TableName;
import java.util.List;

/**
 * What of two releases is compared.
 *
 * @param tables by name; none means all that either release has
 * @param samples how many rows of each kind are shown of a table, 0 for none
 */
public record DifferenceOptions(List<TableName> tables, int samples) {
  public DifferenceOptions {
    tables = List.copyOf(tables);
  }
}
