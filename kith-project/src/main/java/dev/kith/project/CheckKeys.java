package dev.kith.project;

import static dev.kith.project.CommonKeys.COLUMN;
import static dev.kith.project.CommonKeys.COLUMNS;
import static dev.kith.project.CommonKeys.choice;
import static dev.kith.project.CommonKeys.scalar;

import dev.kith.project.Shape.Items;
import dev.kith.project.Shape.Keyed;
import java.util.ArrayList;
import java.util.List;

/** {@code checks:} of tables, profiles and datasets. */
final class CheckKeys {

  private static final Keyed RELATIONSHIP =
      Keyed.of(
          "relationship",
          Key.required("columns", COLUMNS, "The columns whose values must exist there."),
          Key.required("to", scalar(Format.TABLE), "A source, table or profile."),
          Key.optional("to_columns", COLUMNS, "Its columns, in the same order.")
              .otherwise("those of the same names"));

  private static final Keyed ROW_COUNT =
      Keyed.of(
          "row_count",
          Key.optional("min", scalar(Format.ROWS), "The fewest rows that pass."),
          Key.optional("max", scalar(Format.ROWS), "The most rows that pass."),
          Key.optional(
              "change",
              scalar(Format.SHARE),
              "The most by which the number may have grown or shrunk since the release before, as a"
                  + " share of that: `20%`."));

  private static final Keyed FRESHNESS =
      Keyed.of(
          "freshness",
          Key.required("column", COLUMN, "A time or date."),
          Key.required(
              "within",
              scalar(Format.SPAN),
              "How old the newest value may be at the run's as-of instant: `2d`, `12h`."));

  private static final Keyed DISTRIBUTION =
      Keyed.of(
          "distribution",
          Key.required("column", COLUMN, "A number, a time, text or a truth value."),
          Key.required(
              "max_shift",
              scalar(Format.SHARE),
              "The most that the share of rows below any value (numbers and times), or in any set"
                  + " of values (all else), may have changed since the release before: `0.1`."));

  private static final List<Key> KINDS =
      List.of(
          Key.optional(
              "unique", COLUMNS, "Columns whose values name one row at most. NULL passes."),
          Key.optional(
              "relationship",
              RELATIONSHIP,
              "Columns whose values must exist in another table. NULL passes."),
          Key.optional("row_count", ROW_COUNT, "How many rows there may be."),
          Key.optional("freshness", FRESHNESS, "How old the newest row may be."),
          Key.optional(
              "distribution",
              DISTRIBUTION,
              "How far a column's values may have moved since the release before."),
          Key.optional(
              "sql",
              scalar(Format.EXPRESSION),
              "A query over tables of the project that gives the rows at fault: none pass. Needs a"
                  + " `name`."));

  private static final Key[] BESIDE = {
    Key.optional(
            "severity",
            choice("error", "warn"),
            "What a failure means: an `error` stops publication, a warning is reported.")
        .otherwise("`error`"),
    Key.optional("name", scalar(Format.NAME), "What it is called in messages and results.")
        .otherwise("made of its kind and columns"),
    Key.optional("description", CommonKeys.TEXT, "What people should know, when it fails too.")
  };

  static final Key CHECKS =
      Key.optional(
          "checks",
          new Items(Keyed.oneOf("checks", kinds()).beside(BESIDE), false),
          "What must hold before readers see it; [more](checks.md).");

  private CheckKeys() {}

  private static Key[] kinds() {
    List<Key> kinds = new ArrayList<>(CommonKeys.REQUIREMENTS);
    kinds.addAll(KINDS);
    return kinds.toArray(Key[]::new);
  }
}
