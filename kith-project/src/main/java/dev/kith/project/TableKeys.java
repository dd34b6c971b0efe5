package dev.kith.project;

import static dev.kith.project.CommonKeys.COLUMN;
import static dev.kith.project.CommonKeys.COLUMNS;
import static dev.kith.project.CommonKeys.TRUTH;
import static dev.kith.project.CommonKeys.choice;
import static dev.kith.project.CommonKeys.either;
import static dev.kith.project.CommonKeys.scalar;

import dev.kith.project.Shape.Keyed;

/** The leading {@code /* kith: ... *}{@code /} comment of {@code tables/NAME.sql}. */
final class TableKeys {

  private static final Keyed BY_TIME =
      Keyed.of(
          "by_time",
          Key.required("column", COLUMN, "A time or date column, passed through from the input."),
          Key.required(
              "grain", choice("hour", "day", "month", "year"), "What is computed anew at once."),
          Key.optional(
                  "lookback",
                  scalar(Format.AMOUNT),
                  "How many grains before the touched ones are computed anew too.")
              .otherwise("0"));

  static final Keyed SHAPE =
      Keyed.of(
          "a table's comment",
          CommonKeys.DESCRIPTION,
          CommonKeys.OWNER,
          CommonKeys.TAGS,
          Key.optional("key", COLUMNS, "The columns that name a row."),
          Key.optional("at", COLUMN, "The column that says when a row's fact became true."),
          Key.optional(
                  "at_safe",
                  TRUTH,
                  "Your promise that a row depends only on what was known at its `at`, for a query"
                      + " of which Kith cannot prove it.")
              .otherwise("false"),
          Key.optional(
                  "mode",
                  either(
                      choice("full", "append", "by_key"),
                      Keyed.oneOf(
                          "mode",
                          Key.required(
                              "by_time", BY_TIME, "Computed anew for the periods touched."))),
                  "How the table follows its inputs: computed anew (`full`), over appended rows"
                      + " (`append`), for the keys touched (`by_key`) or the periods touched"
                      + " (`by_time`).")
              .otherwise("`full`"),
          CommonKeys.columnDocumentation(),
          CheckKeys.CHECKS);

  private TableKeys() {}
}
