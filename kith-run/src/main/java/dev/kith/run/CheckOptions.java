package dev.kith.run;

import dev.kith.model.TableName;
import java.util.List;
import java.util.Optional;

/**
 * What of a release is to be checked.
 *
 * @param tables by name; none means all that have checks
 * @param release by its id; the current one unless given
 */
public record CheckOptions(List<TableName> tables, Optional<String> release) {
  public CheckOptions {
    tables = List.copyOf(tables);
  }
}
