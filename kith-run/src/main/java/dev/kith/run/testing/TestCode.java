package dev.kith.run.testing;

import dev.kith.model.DiagnosticCode;

/** Faults of the tests in {@code tests/}. */
public enum TestCode implements DiagnosticCode {
  UNKNOWN_COLUMN(
      "T001",
      "a test names a column that does not exist",
      "The rows of `given:` and `expect:` name columns of the table that they are for. Those of a"
          + " source are pinned in the warehouse, declared, or seen at the start of its files."),
  VALUE_UNFIT(
      "T002",
      "a value of a test does not fit its column",
      "Values are read as the column's type, strictly: nothing is rounded or cut. Dates and times"
          + " are as in `2026-01-31` and `2026-01-31 08:30`; a local time is in the zone of the"
          + " source, or of the project."),
  AS_OF_MISSING(
      "T003",
      "a test needs an instant",
      "A profile is computed as of an instant, and a query may use `:as_of`: say `as_of:` in the"
          + " test."),
  ROWS_UNREADABLE(
      "T004",
      "rows of a test cannot be read",
      "The CSV is not well-formed, its first line does not name its columns, or the file is not"
          + " there."),
  GIVEN_UNUSED(
      "T005",
      "a test gives rows that nothing reads",
      "No table or profile that the test computes reads the relation, so its rows change nothing:"
          + " the name may be that of another, or the test could do without it."),
  COLUMNS_UNKNOWN(
      "T006",
      "a source's columns are not known without its data",
      "A test asks no database, and the source has no warehouse and no file here to look into."
          + " Declare its `columns:` with their types, or give it rows in the test."),
  REPEATED_KEY(
      "T007",
      "an entity is given with two rows of one key",
      "An entity has one current row per key. Its earlier versions belong into `NAME_history`, with"
          + " `valid_from` and `valid_to`."),
  UNKNOWN_TEST(
      "T008",
      "no such test",
      "`kith test` takes names of tests, or parts of them, and of files in `tests/`.");

  private final String id;
  private final String summary;
  private final String explanation;

  TestCode(String id, String summary, String explanation) {
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
