package dev.kith.run.plan;

import dev.kith.lake.PhysicalTable;
import dev.kith.model.TableName;
import java.util.Optional;
import java.util.SortedSet;

/** What has to be done with a table, and why. */
public sealed interface Verdict {

  /**
   * Nothing: these rows are what the definition wants.
   *
   * @param unaffectedBy inputs that have other rows, though not in the columns that it uses
   */
  record UpToDate(Standing standing, SortedSet<TableName> unaffectedBy) implements Verdict {}

  /**
   * It has to be built.
   *
   * @param target the physical table that takes the rows; it may not exist
   * @param base what it holds now
   * @param takeover of a profile whose definition has changed: what can stay of the rows that there
   *     are
   */
  record OutOfDate(
      BuildReason reason,
      PhysicalTable target,
      Optional<Standing> base,
      Optional<Takeover> takeover)
      implements Verdict {}
}
