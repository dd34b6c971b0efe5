package dev.kith.lake;

import dev.kith.model.TableName;
import java.time.Duration;

/**
 * What a run did about one table.
 *
 * @param reason why, as people are told
 * @param rowsRead of inputs, to build a table; negative where that is not known
 * @param rows that the table holds now
 * @param bytesWritten of data files; of a source's files that were read, those of their content
 */
public record RunStep(
    String run,
    TableName table,
    Action action,
    String reason,
    Status status,
    long rowsRead,
    long rows,
    long rowsAdded,
    long rowsDeleted,
    long bytesWritten,
    Duration duration) {

  /** What was done. */
  public enum Action {
    /** A source's new rows were read. */
    READ,
    /** A table or profile was built from nothing. */
    BUILD,
    /** A table or profile was brought up to date from what had changed. */
    UPDATE,
    /** Nothing, since it was up to date. */
    KEEP,
    /** Its checks were run. */
    CHECK
  }

  /** How it ended. */
  public enum Status {
    SUCCEEDED,
    FAILED,
    /** Something that it depends on failed. */
    SKIPPED
  }
}
