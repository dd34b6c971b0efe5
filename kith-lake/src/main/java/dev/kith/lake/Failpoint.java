package dev.kith.lake;

import java.util.Set;

/**
 * Moments just after an effect outside the process. Tests end or stop the process there, as a power
 * cut or an overloaded machine would, and then check that a plain run puts everything right.
 *
 * @see Ordeal what may be asked for
 */
public enum Failpoint {
  /** Data files are on the disk; no snapshot holds them. */
  FILES_WRITTEN(Operation.RUN),
  /** Rejected rows are committed, the accepted ones are not. */
  REJECTS_COMMITTED(Operation.RUN),
  /** A source's rows and cursor are committed. */
  ROWS_COMMITTED(Operation.RUN),
  /** A table's or profile's rows are committed. */
  TABLE_COMMITTED(Operation.RUN),
  /** A commit's deletion vectors are on the disk. */
  DELETES_WRITTEN(Operation.RUN),
  /** A table's columns were changed. */
  SCHEMA_CHANGED(Operation.RUN),
  /** A new physical table exists, empty. */
  TABLE_CREATED(Operation.RUN),
  /** A table's small files were joined. */
  COMPACTED(Operation.RUN),
  /** A release's manifest file is on the disk. */
  MANIFEST_WRITTEN(Operation.RUN, Operation.PROMOTE, Operation.ROLLBACK),
  /** A release is in the database. */
  RELEASE_INSERTED(Operation.RUN, Operation.PROMOTE, Operation.ROLLBACK),
  /** The snapshots of a release are tagged, those of one table at a time. */
  TAGS_SET(Operation.RUN, Operation.PROMOTE, Operation.ROLLBACK, Operation.REPAIR),
  /** The plain names point at the release. */
  MIRROR_UPDATED(Operation.RUN, Operation.PROMOTE, Operation.ROLLBACK, Operation.REPAIR),
  /** A run's end is recorded. */
  RUN_RECORDED(Operation.RUN),
  /** The manifest file of a release that is not kept is gone; its row is there. */
  RELEASE_FILE_DELETED(Operation.CLEAN),
  /** The rows of the releases that are not kept are gone. */
  RELEASES_DELETED(Operation.CLEAN),
  /** A physical table that nothing needs is out of the catalog; its files are there. */
  TABLE_DROPPED(Operation.CLEAN),
  /** A table's tags that no kept release needs are gone. */
  TAGS_REMOVED(Operation.CLEAN),
  /** A table's snapshots that nothing needs are gone; their files are there. */
  SNAPSHOTS_EXPIRED(Operation.CLEAN),
  /** A file that nothing refers to is gone. */
  FILE_DELETED(Operation.CLEAN),
  /** A physical table is in the catalog again. */
  TABLE_REGISTERED(Operation.REPAIR),
  /** A release is in the database again. */
  RELEASE_RESTORED(Operation.REPAIR);

  /** What a user asked for when a failpoint is passed. */
  public enum Operation {
    RUN,
    PROMOTE,
    ROLLBACK,
    CLEAN,
    REPAIR
  }

  @SuppressWarnings("ImmutableEnumChecker") // a set that cannot be changed
  private final Set<Operation> operations;

  Failpoint(Operation... operations) {
    this.operations = Set.of(operations);
  }

  /** During which operations it is passed. */
  public Set<Operation> operations() {
    return operations;
  }

  /** Does what was asked for, if this is the moment. */
  public void hit() {
    Ordeal.at(this);
  }
}
