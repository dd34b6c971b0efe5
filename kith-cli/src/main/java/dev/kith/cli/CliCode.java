package dev.kith.cli;

import dev.kith.model.DiagnosticCode;

/** Faults of a command line. */
enum CliCode implements DiagnosticCode {
  NO_PROJECT(
      "C001",
      "not in a project",
      "Commands work on a project: a folder with a kith.yaml. Go there, or name it with"
          + " `--project`."),
  FOLDER_IN_USE(
      "C002",
      "a folder that holds something else",
      "`kith init` and `kith demo` write into a new or empty folder and never over files of"
          + " yours."),
  CANNOT_WRITE(
      "C003",
      "a file that cannot be written",
      "The folder does not exist, the disk is full, or the file may not be written by you."),
  FORMAT_NEEDS_FILE(
      "C004", "a format that needs a file", "Parquet is no text: name a file with `--output`."),
  NOT_A_PROFILE(
      "C005",
      "not a profile",
      "`kith show` prints a person's profile. Other tables are read with `kith query`."),
  BAD_KEY(
      "C006",
      "a key of another type",
      "The profile's key has a type that this text cannot be read as."),
  UNKNOWN_SCHEMA(
      "C007", "no such schema", "`kith schema --output DIR` writes all, with their names."),
  CANNOT_READ("C008", "a file that cannot be read", "It is missing, or may not be read by you."),
  UNKNOWN_TABLE_OR_COLUMN(
      "C009",
      "no such table or column",
      "`kith lineage` takes the name of a source, table, profile or dataset, or one of its columns:"
          + " `orders`, `orders.amount`, `sales.orders.amount`."),
  NOT_A_TABLE(
      "C010",
      "no name of a table",
      "Tables are named `orders`, or `sales.orders` in a folder: letters, digits and underscores."),
  ONE_RELEASE(
      "C011",
      "a release and a time at once",
      "A query reads one release: name it with `--release`, or say with `--at` when it was what"
          + " readers saw."),
  NOT_A_TIME(
      "C012",
      "not a time",
      "Times are written as a day (its midnight), as a local time in the project's zone, or as an"
          + " instant in UTC: `2026-01-31`, `2026-01-31 18:00`, `2026-01-31T18:00:00Z`."),
  NOT_AN_ENVIRONMENT(
      "C013",
      "no name of an environment",
      "Environments are named by a small letter, then small letters, digits, `_` and `-`, 40 in all"
          + " at most: `feature-x`. Production is `prod`."),
  ONE_PLAN_A_DAY(
      "C014",
      "a range of days cannot be pinned",
      "`kith plan -o FILE` and `kith run --plan FILE` are about one run. A range of days is a run for"
          + " each day, and each builds on the release of the day before. Leave the file out: the"
          + " same command goes on where a range stopped, and does nothing twice.");

  private final String id;
  private final String summary;
  private final String explanation;

  CliCode(String id, String summary, String explanation) {
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
}
