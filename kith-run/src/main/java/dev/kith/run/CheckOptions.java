package dev.kith.run;

import dev.kith.model.TableName;
import dev.kith.run.release.ReleaseReference;
import java.util.List;

/**
 * What of a release is to be checked.
 *
 * @param tables by name; none means all that have checks
 */
public record CheckOptions(List<TableName> tables, ReleaseReference release) {
  public CheckOptions {
    tables = List.copyOf(tables);
  }
}
