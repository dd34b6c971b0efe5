package dev.kith.run.fault;

import dev.kith.model.DiagnosticCode;

/** Faults of asking how people were at an instant. */
public enum AsOfCode implements DiagnosticCode {
  COLUMN_CLASH(
      "A001",
      "the rows have a column that the answer has too",
      "Columns of the rows pass through, beside those of the profile and `exists`. Where two would"
          + " have one name, leave that column out of the rows, or ask for the others only"
          + " (`--columns`)."),
  UNKNOWN_COLUMN(
      "A002",
      "the profile or dataset has no such column",
      "`--columns` names columns of the profile, or features and labels of the dataset."),
  NOT_KNOWN_THEN(
      "A003",
      "a table does not say when its rows were ingested",
      "`known: then` counts only rows that had been ingested by the instant, so every table that"
          + " the columns are made of has to carry the hidden column `_ingested_at`: a source of"
          + " events does, and so does the history of an entity. A table made by SQL does if its query"
          + " gives a column of that name. Rows of an entity as they are now don't tell what they"
          + " were. Else use what is known now, which is the default."),
  ONE_INSTANT_ONLY(
      "A004",
      "a table is made for one instant",
      "A query that uses `:as_of` gives other rows at every instant; the release has those of its own"
          + " instant only. Write what depends on the instant as a measure or a metric: those are"
          + " computed for each row's."),
  BUILT_OTHERWISE(
      "A005",
      "a table was published by another definition",
      "The columns of a table differ from what its definition says now. `kith run` publishes what"
          + " the definitions say."),
  ROWS_MISSING(
      "A006",
      "nobody said which people and instants",
      "A profile is asked with `--keys` (a file or a query that gives people) and `--at` (the column"
          + " with each row's instant, or one for all). A dataset says both itself.");

  private final String id;
  private final String summary;
  private final String explanation;

  AsOfCode(String id, String summary, String explanation) {
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
