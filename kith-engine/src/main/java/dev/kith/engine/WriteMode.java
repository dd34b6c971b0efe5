package dev.kith.engine;

import java.time.Instant;
import java.util.List;

/** How the rows of a query change a table. */
public sealed interface WriteMode {

  /** They are added. */
  record Append() implements WriteMode {}

  /** They replace all rows. */
  record Overwrite() implements WriteMode {}

  /**
   * They replace the rows whose column lies in [from, to).
   *
   * @param column of type date, timestamp or instant; bounds are instants, read in the session's
   *     zone where the column is local
   */
  record ReplaceRange(String column, Instant from, Instant to) implements WriteMode {}

  /**
   * The table's rows become those of the query; only rows that differ are written and deleted.
   *
   * @param key names a row in the query and in the table; NULLs are equal
   */
  record Synchronise(List<String> key) implements WriteMode {
    public Synchronise {
      key = List.copyOf(key);
    }
  }

  /**
   * All rows with a key in {@code keysSql} are deleted, then the query's rows are added.
   *
   * @param keysSql a query that gives the key columns, in order
   * @param comparing whether rows that are in both and equal are left alone; where nearly all
   *     differ, finding the others costs more than writing them
   */
  record ReplaceKeys(List<String> key, String keysSql, boolean comparing) implements WriteMode {
    public ReplaceKeys {
      key = List.copyOf(key);
    }

    /** Leaves equal rows alone. */
    public ReplaceKeys(List<String> key, String keysSql) {
      this(key, keysSql, true);
    }
  }
}
