package dev.kith.project;

import static dev.kith.project.CommonKeys.TEXT;
import static dev.kith.project.CommonKeys.TRUTH;
import static dev.kith.project.CommonKeys.either;
import static dev.kith.project.CommonKeys.list;
import static dev.kith.project.CommonKeys.scalar;

import dev.kith.project.Shape.Keyed;
import dev.kith.project.Shape.Named;

/** {@code tests/NAME.yaml}. */
final class TestKeys {

  private static final Shape ROWS = list(new Named(Format.COLUMN, new Shape.Anything()));

  private static final Key WRITTEN =
      Key.optional(
          "rows",
          ROWS,
          "A list of rows, each with the columns that matter: `[{invoice: C1, quantity: -1}]`.");
  private static final Key CSV =
      Key.optional(
          "csv", TEXT, "The rows as CSV. An empty field is NULL, and `\"\"` is empty text.");
  private static final Key FILE =
      Key.optional("file", TEXT, "A CSV file with the rows, by its path in the project.");
  private static final Key SQL =
      Key.optional("sql", TEXT, "A query that gives the rows, and reads no table.");

  private static final Keyed GIVEN = Keyed.oneOf("given", WRITTEN, CSV, FILE, SQL);

  private static final Keyed EXPECTED =
      Keyed.of(
          "expect",
          WRITTEN,
          CSV,
          FILE,
          SQL,
          Key.optional("count", scalar(Format.AMOUNT), "How many rows there are in all."),
          Key.optional("ordered", TRUTH, "Whether the rows come in this order.").otherwise("false"),
          Key.optional("partial", TRUTH, "Whether there may be other rows beside these.")
              .otherwise("false"));

  private static final Key AS_OF =
      Key.optional(
          "as_of",
          scalar(Format.MOMENT),
          "The instant of profiles and of `:as_of`: a date, which is its midnight, or a time. A"
              + " profile needs it.");

  private static final Key GIVENS =
      Key.optional(
          "given",
          new Named(Format.TABLE, either(ROWS, GIVEN)),
          "The rows of what the tested tables read, by name: sources, `NAME_history`,"
              + " `NAME_rejected`, or tables, which are else computed. A list of rows, or one of"
              + " the keys below. Columns that are not named are NULL; sources that are not given"
              + " are empty.");

  private static final Key EXPECT =
      Key.optional(
          "expect",
          new Named(Format.TABLE, either(ROWS, EXPECTED)),
          "What tables and profiles hold then, by name. A list of rows, or the keys below. Only"
              + " the columns that a row names are compared; `null` is NULL.");

  private static final Keyed ONE =
      Keyed.of(
          "one of the tests",
          Key.required("test", TEXT, "Its name, in words."),
          CommonKeys.DESCRIPTION,
          AS_OF,
          GIVENS,
          Key.required(EXPECT.name(), EXPECT.shape(), EXPECT.doc()));

  static final Keyed SHAPE =
      Keyed.of(
          "a test",
          Key.optional("test", TEXT, "Its name, in words: what holds, and when."),
          CommonKeys.DESCRIPTION,
          AS_OF,
          GIVENS,
          EXPECT,
          Key.optional(
              "tests",
              list(ONE),
              "Several tests. What stands beside them, `as_of` and `given`, holds for each that"
                  + " does not say otherwise."));

  private TestKeys() {}
}
