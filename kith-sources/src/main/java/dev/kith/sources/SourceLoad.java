package dev.kith.sources;

import dev.kith.lake.TableLayout;
import java.util.Optional;

/** How a batch of one kind gets into its table: checked first, written only if all is well. */
interface SourceLoad {

  /**
   * Diverts rows that do not go together with others.
   *
   * @param unfit a relation of rows that are diverted already, by {@code _file} and {@code _line}
   */
  void check(Optional<String> unfit, Rejects rejects);

  /** Whether, after the check, no row is left to be written. */
  boolean changesNothing();

  /** What the table has to look like. */
  TableLayout layout();

  /** Commits the rows with the cursor. */
  Outcome write(BatchWriter writer, SourceCursor cursor);

  /** Numbers as in {@link IngestReport.Counts}. */
  record Outcome(long added, long duplicates, long updated, long deleted) {}
}
