package dev.kith.lake;

import dev.kith.model.DiagnosticCode;

/** Faults of the warehouse. */
public enum LakeCode implements DiagnosticCode {
  CANNOT_WRITE(
      "L001",
      "a folder or file of the warehouse cannot be written",
      "The warehouse's folder could not be made, or a file in it not be written. Check `warehouse:`"
          + " in kith.yaml, the rights on the folder, and that no part of its path is a file."),
  DISK_FULL(
      "L002",
      "the disk is full",
      "Nothing was published. Free some space and run again: the run goes on where it stopped."),
  CANNOT_READ(
      "L003",
      "a file of the warehouse cannot be read",
      "A file that a snapshot names is missing or damaged. Files of a warehouse must not be moved,"
          + " changed or deleted by hand; restore it from a copy."),
  NEWER_FORMAT(
      "L004",
      "the warehouse was written by a newer Kith",
      "This version of Kith does not know the warehouse's format. Use the version that wrote it, or"
          + " a later one."),
  DATABASE_LOST(
      "L005",
      "the metadata database and the warehouse do not belong together",
      "A warehouse's tables are listed in the project's database, `.kith/kith.db`. If the database"
          + " is lost, `kith repair` makes it anew from the files of the warehouse. If the warehouse"
          + " is lost, restore it from a copy, or delete the database to build everything anew."),
  PROJECT_IN_USE(
      "L006",
      "another process is using the project",
      "One process at a time may change a project's warehouse. Wait until the other has ended, or"
          + " stop it."),
  CONFLICT(
      "L007",
      "a table was changed by another run",
      "Another run committed to the table since this one read it. Nothing was written by this"
          + " commit; run again."),
  COMMIT_UNKNOWN(
      "L008",
      "it is not known whether a commit took place",
      "The database failed while a commit was being recorded. Run again: the run looks at what the"
          + " table holds and goes on from there."),
  NO_SUCH_TABLE(
      "L009",
      "a physical table does not exist",
      "A release or a run names a table that the catalog does not list."),
  NO_SUCH_SNAPSHOT(
      "L010", "a snapshot does not exist", "It has expired, or belongs to another table."),
  FOREIGN_DELETES(
      "L011",
      "a table has deletes that Kith does not read",
      "Another program wrote equality deletes or position-delete files. Kith reads deletion vectors"
          + " only; rewrite the table's files with that program."),
  UNFIT_FILE(
      "L012",
      "a file cannot be added to a table",
      "The file is no Parquet file, lacks field ids, or its partition does not fit the table."),
  UNFIT_SCHEMA(
      "L013",
      "a table's columns cannot be changed in place",
      "Columns may be added, dropped, renamed at the top level, and widened (integer to bigint,"
          + " float to double, more decimal digits). Anything else makes a new physical table."),
  DATABASE_FAILED(
      "L014",
      "the metadata database failed",
      "SQLite could not read or write `.kith/kith.db`. The message is SQLite's."),
  LEASE_LOST(
      "L015",
      "a run was paused too long, and another one took over",
      "The machine slept, or the process was stopped, for longer than a run may be silent; another"
          + " run has begun meanwhile. What this one had not published yet is not published. Run"
          + " again: what it had built is used."),
  NO_SUCH_RELEASE(
      "L016",
      "a release does not exist",
      "No release of the environment has that number or id, or it was cleaned away. `kith history`"
          + " lists those that are kept."),
  NO_SUCH_ENVIRONMENT(
      "L017",
      "an environment does not exist",
      "Nothing was ever published in an environment of that name, or it was dropped. Production"
          + " always exists."),
  CLEAN_REFUSED(
      "L018",
      "cleaning would have taken what is needed",
      "Before files are deleted, each release that is kept is read once more; one of them needs a"
          + " file that would have gone. No file was deleted. This is a fault of Kith's.");

  private final String id;
  private final String summary;
  private final String explanation;

  LakeCode(String id, String summary, String explanation) {
    this.id = id;
    this.summary = summary;
    this.explanation = explanation;
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public String summary() {
    return summary;
  }

  @Override
  public String explanation() {
    return explanation;
  }

  /** A lost lease, a full disk and a missing file are no better a second later. */
  @Override
  public boolean mayPass() {
    return this == COMMIT_UNKNOWN || this == DATABASE_FAILED;
  }
}
