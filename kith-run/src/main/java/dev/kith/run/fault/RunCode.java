package dev.kith.run.fault;

import dev.kith.model.DiagnosticCode;

/** Faults of running and reading a project. */
public enum RunCode implements DiagnosticCode {
  NOTHING_PUBLISHED(
      "R001",
      "nothing has been published yet",
      "Readers see releases, and there is none. `kith run` builds the first."),
  UNKNOWN_TABLE(
      "R002",
      "no such table in the current release",
      "The name is not in the release that readers see. `kith ls` lists what is; a table that was"
          + " just defined is there after the next `kith run`."),
  UNKNOWN_KEY(
      "R003",
      "nobody has this key",
      "The profile has no row for this key: the person did not exist at its instant, or the key is"
          + " written in another way."),
  SOURCE_SCHEMA_UNKNOWN(
      "R004",
      "a source's columns cannot be known",
      "A source that has never been read is looked into to learn its columns. It could not be"
          + " opened, or is empty; declare its `columns:` or mend what the message says."),
  MODE_UNSUITABLE(
      "R005",
      "a table's mode is wrong for its query",
      "`append` needs a query in which every row comes from one row of one table; `by_time` and"
          + " `by_key` one that treats the periods or keys of one table each by itself: what it"
          + " groups or partitions by tells them apart. Otherwise rows would be missing or counted"
          + " twice. The reference of SQL says what is known to be so. Use `mode: full`, or change"
          + " the query."),
  UNKNOWN_COLUMN_SETTING(
      "R006",
      "a setting names a column that the query does not give",
      "`key:`, `at:`, `checks:` and `by_time:` name columns of the table's own query, `to_columns:`"
          + " those of the table that it names. The rows of a dataset give the profile's key, and the"
          + " column that `at:` names (`as_of` by default). `at` itself is a reserved word of SQL: name the"
          + " column otherwise."),
  TYPE_NOT_TIME(
      "R007",
      "an `at:` that is no time",
      "`at:`, and `freshness:` of a check, name a column of type date, timestamp or timestamp with"
          + " time zone."),
  CHECK_FAILED(
      "R008",
      "a check failed",
      "A table does not hold what its `checks:` demand, so nothing was published; readers still see"
          + " the release before. The message says what fails; all results are kept in the table"
          + " `kith_checks`, and rows at fault in `kith_check_samples`. [More](checks.md)."),
  PUBLISHED_MEANWHILE(
      "R009",
      "another run has published meanwhile",
      "Two runs began from the same release and the other was first. Run again: it builds on what"
          + " was published."),
  NOTHING_SELECTED(
      "R010",
      "a selector names nothing",
      "A term of `--select` or `--exclude` is a table's name, a pattern with `*`, `tag:NAME` or"
          + " `owner:NAME`, with `+` before it for all that it is made of and `+` behind it for all"
          + " that reads it. No table of the project fits this one."),
  NOT_SELECTED(
      "R011",
      "a table is needed that was not selected",
      "A selected table reads one that was never published and is not selected either. Select it"
          + " too: `+NAME` selects all that a table is made of."),
  PLAN_OUTDATED(
      "R012",
      "a plan can no longer be applied",
      "`kith run --plan FILE` does exactly what the plan shows or nothing. Since the plan was made,"
          + " definitions were changed or another release was published. Make a new plan."),
  NOT_A_PLAN(
      "R013",
      "a file is not a plan",
      "`kith run --plan FILE` takes a file that `kith plan -o FILE` wrote with this version of"
          + " Kith."),
  CHECK_UNSUITABLE(
      "R014",
      "a check that its column cannot be held to",
      "Bounds and values of a check are values of the column's type; `range` needs an order,"
          + " `distribution` numbers, times, text or truth values; the columns of a `relationship`"
          + " are of one type on both sides. Otherwise the check would fail for a reason that is"
          + " not in the data, or never."),
  UNKNOWN_RELEASE(
      "R015",
      "no such release",
      "A release is named by its number (`12`), its id (`prod-000012-1f3a9c2e`), `current` or"
          + " `previous`, in another environment `trial:12`. `kith history` lists those that are"
          + " kept; `kith clean` frees older ones as `keep:` in kith.yaml says."),
  LINEAGE_NOT_TOLD(
      "R016",
      "an OpenLineage event was not taken",
      "The file of `lineage:` could not be written, or its endpoint did not take an event in time."
          + " A warning: the run goes on, and tells of nothing more."),
  PAUSED(
      "R017",
      "an environment is paused",
      "After `kith rollback` nothing is read, built or published until somebody says so: a run"
          + " would bring back what was taken back. Mend the cause, then `kith resume`."),
  STOPPED(
      "R018",
      "a run was stopped",
      "Somebody pressed Ctrl-C, or the system asked the process to end. Nothing was published;"
          + " what was built by then is there, and the next run goes on from it."),
  CANNOT_PROMOTE(
      "R019",
      "an environment cannot be promoted as it is",
      "`kith promote` publishes the very snapshots that an environment's release was tested with. It"
          + " refuses where production has moved on so that they would no longer fit together, where"
          + " the definitions were changed since, and where the environment works with a sample of"
          + " the people or with another database. Run the environment again and look at it again:"
          + " then promote."),
  NOTHING_BY_DAY(
      "R020",
      "nothing depends on the day",
      "`--as-of FROM..TO` builds what is another on each day: profiles, and tables that use `:as_of`."
          + " Nothing of the kind is selected, or the project has none."),
  OTHER_KEY(
      "R021",
      "a profile that had another key",
      "`kith show` looks people up by the key that the profile has now. The release that was asked for"
          + " is older and knows them by another column; `kith query --release` reads it."),
  INTERNAL(
      "R099",
      "a fault of Kith's",
      "Please report it with the stack trace that `--stacktrace` prints.");

  private final String id;
  private final String summary;
  private final String explanation;

  RunCode(String id, String summary, String explanation) {
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
