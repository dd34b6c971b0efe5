package dev.kith.sources.fault;

import dev.kith.model.DiagnosticCode;

/** Faults met while reading sources. */
public enum SourceCode implements DiagnosticCode {
  FILE_MISSING(
      "I001",
      "a file is not there",
      "A path of `from: {files: ...}` names no file. Paths are relative to the project folder."),
  NOTHING_MATCHES(
      "I002",
      "a glob matches no file",
      "No file matches the pattern, and none ever did: most likely the pattern or the folder is"
          + " wrong. Once files were read, a pattern that matches nothing is only a warning."),
  FILE_UNREADABLE(
      "I003",
      "a file cannot be read",
      "The file is cut off, damaged, or of another format than its name or `format:` says. Nothing"
          + " of the batch was taken. Bring the whole file, or remove it, and run again."),
  WRONG_ENCODING(
      "I004",
      "a file is not in the encoding that it is read in",
      "Text is read as UTF-8 unless `encoding:` says otherwise, such as `encoding: windows-1252`."
          + " Nothing of the batch was taken."),
  FILE_CHANGED(
      "I005",
      "a file that was read before has changed in place",
      "Rows of a file are taken once; a file may only grow at its end. Put new rows into a new file."
          + " To replace rows that were read, give the file another name: with `on_removed_file:"
          + " delete`, those under its old name go in the same commit in which the others come."),
  TOO_MANY_REJECTED(
      "I006",
      "more rows were rejected than `max_rejected` allows",
      "Nothing of the batch was taken. Mend the rows, declare the columns' types so that they fit,"
          + " or raise `max_rejected`."),
  TYPE_CHANGED(
      "I007",
      "a value does not fit the type of its column",
      "The column's type was declared, or inferred when the source was first read. With"
          + " `on_type_change: reject` such rows go to the source's rejected rows; or declare a wider"
          + " type under `columns:`."),
  COLUMN_MISSING(
      "I008",
      "a column that the source needs is not in its rows",
      "`key:`, `id:`, `at:`, `changed_at:`, `cursor:` and `require:` must name columns that the rows"
          + " have."),
  BAD_OPTION(
      "I009",
      "an option of a source cannot be used",
      "Such as an encoding that is not known, a format of dates with an unknown directive, or a"
          + " lookback that is neither a number nor a duration."),
  DRIVER_MISSING(
      "I010",
      "no JDBC driver accepts the connection's URL",
      "Drivers of PostgreSQL and MariaDB/MySQL are shipped. For another database give the paths of"
          + " its driver's jars: `driver: [lib/driver.jar]`."),
  LOGIN_REFUSED(
      "I011",
      "a database refused the user or the password",
      "Look at the connection's `user:` and `password:` in kith.yaml and the environment variables"
          + " that they name."),
  DATABASE_UNREACHABLE(
      "I012",
      "a database cannot be reached, or went away in the middle of reading",
      "Nothing of the batch was taken. Run again when the database is back."),
  QUERY_FAILED(
      "I013",
      "a database refused the statement that reads the source",
      "The message is the database's own. Look at the source's `table:` or `query:` and `cursor:`."),
  COLUMN_ADDED(
      "I014",
      "rows have a column that was not there before",
      "It was added to the table; earlier rows have NULL in it."),
  COLUMN_GONE(
      "I015",
      "rows lack a column that was there before",
      "It is NULL in these rows. If it has a new name, say `renamed_from:` under `columns:`."),
  NOTHING_TO_READ(
      "I016",
      "a source has no rows",
      "A file is empty, or no file is left. That is allowed, and often a fault further up."),
  LOOKBACK_WITHOUT_IDENTITY(
      "I017",
      "`lookback:` needs a key or an id",
      "Rows that are read again can only be told from new ones by `key:` or `id:`."),
  REREAD_IMPOSSIBLE(
      "I018",
      "a changed definition needs raw input that is gone",
      "A change of a column's type, of the key or of `at:` makes a new table, which is read from the"
          + " start; but files that the earlier table was made from are no longer there. Bring them"
          + " back, or undo the change."),
  PRECISION_LOST(
      "I019",
      "times are finer than a microsecond",
      "Kith keeps microseconds; the digits beyond were cut."),
  NO_TIME(
      "I020",
      "rows without a time",
      "Their `at:` is NULL. They are kept, and belong to no window. Divert them with"
          + " `require: [{not_null: [...]}]`."),
  COLUMN_EMPTY(
      "I021",
      "a column without any value",
      "It was taken as text, and stays so. Declare its type under `columns:` if it has another."),
  RESERVED_NAME(
      "I022",
      "a column of a source has a name that Kith adds itself",
      "Ingested rows get `_ingested_at`, `_batch` and `_origin`, an entity's also `valid_from`,"
          + " `valid_to` and `_since_ever`."),
  ROWS_UNFIT(
      "I023",
      "rows that were given with a question do not fit it",
      "The rows of `kith asof` need the profile's key, in its type, and a time: an instant, or a local"
          + " time or date in the project's zone. A value that is none stops the command, and the"
          + " message says in which line it is.");

  private final String id;
  private final String summary;
  private final String explanation;

  SourceCode(String id, String summary, String explanation) {
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

  @Override
  public boolean mayPass() {
    return this == DATABASE_UNREACHABLE;
  }
}
