package dev.kith.project;

import static dev.kith.project.CommonKeys.COLUMN;
import static dev.kith.project.CommonKeys.COLUMNS;
import static dev.kith.project.CommonKeys.TEXT;
import static dev.kith.project.CommonKeys.TRUTH;
import static dev.kith.project.CommonKeys.choice;
import static dev.kith.project.CommonKeys.either;
import static dev.kith.project.CommonKeys.oneOrMore;
import static dev.kith.project.CommonKeys.scalar;

import dev.kith.project.Shape.Keyed;
import dev.kith.project.Shape.Named;
import dev.kith.project.Shape.Nothing;

/** {@code sources/NAME.yaml}. */
final class SourceKeys {

  static final Keyed FILES =
      Keyed.of(
          "from files",
          Key.required(
              "files",
              oneOrMore(TEXT),
              "Paths or globs, relative to the project folder; one or a list."),
          Key.optional(
                  "format", choice("csv", "tsv", "json", "ndjson", "parquet"), "How to read them.")
              .otherwise("told by the names' endings"),
          Key.optional(
                  "delimiter", scalar(Format.CHARACTER), "What stands between values of a CSV.")
              .otherwise("detected"),
          Key.optional("quote", scalar(Format.CHARACTER), "What quotes values of a CSV.")
              .otherwise("`\"`"),
          Key.optional("header", TRUTH, "Whether the first line of a CSV names the columns.")
              .otherwise("detected"),
          Key.optional("encoding", scalar(Format.ENCODING), "The character encoding of text.")
              .otherwise("`UTF-8`"),
          Key.optional(
                  "null_strings",
                  oneOrMore(scalar(Format.LITERAL)),
                  "Texts of a CSV that stand for NULL.")
              .otherwise("the empty text"),
          Key.optional("date_format", TEXT, "How dates are written, such as `%d.%m.%Y`.")
              .otherwise("ISO 8601"),
          Key.optional(
                  "timestamp_format", TEXT, "How timestamps are written, such as `%d.%m.%Y %H:%M`.")
              .otherwise("ISO 8601"),
          Key.optional(
                  "on_removed_file",
                  choice("ignore", "delete"),
                  "What becomes of the rows of a file that is gone. A row that was dropped as a"
                      + " duplicate of one of them does not come back: give its file another name"
                      + " to have it read again.")
              .otherwise("`ignore`"));

  private static final Keyed DATABASE =
      Keyed.of(
          "from a database",
          Key.required("connection", scalar(Format.NAME), "One of `connections:` in kith.yaml."),
          Key.optional("table", TEXT, "A table, such as `public.orders`; or else a query."),
          Key.optional("query", TEXT, "A query in the database's own dialect; or else a table."),
          Key.optional(
                  "cursor",
                  COLUMN,
                  "A column that only grows, by which new and changed rows are found.")
              .otherwise("all rows are read, and compared"),
          Key.optional(
              "lookback",
              scalar(Format.LOOKBACK),
              "How much of the cursor's past is read again for late rows: a number, or a duration"
                  + " such as `2h`. Needs a `key` or an `id`."));

  private static final Keyed COLUMN_SETTINGS =
      Keyed.of(
          "a source's column",
          Key.optional("type", scalar(Format.TYPE), "Its type.").otherwise("inferred, then pinned"),
          Key.optional("format", TEXT, "How its dates or times are written, such as `%d.%m.%Y`."),
          Key.optional("renamed_from", COLUMN, "Its earlier name: the values are kept."),
          CommonKeys.DESCRIPTION,
          CommonKeys.PII,
          CommonKeys.TAGS);

  static final Keyed SHAPE =
      Keyed.of(
          "a source",
          Key.required("source", scalar(Format.NAME), "Its name, which is the file's too."),
          CommonKeys.DESCRIPTION,
          CommonKeys.OWNER,
          CommonKeys.TAGS,
          Key.required(
              "kind",
              choice("events", "entity"),
              "`events` are immutable rows with a time; an `entity` has a key and changes."),
          Key.optional(
              "at",
              COLUMN,
              "The column that says when it happened. Events need it; an entity may have it."),
          Key.optional(
              "id",
              COLUMNS,
              "The columns that name an event: of rows with the same `id` and `at` one is kept."),
          Key.optional("key", COLUMNS, "The columns that name an entity."),
          Key.optional(
                  "changed_at",
                  COLUMN,
                  "The column that says when a version of an entity began: instants after it see it.")
              .otherwise("when it was read"),
          Key.optional(
                  "dedupe",
                  choice("touched", "global"),
                  "Where duplicates of an event are looked for: in the days that new rows touch, or"
                      + " in all history.")
              .otherwise("`touched`"),
          Key.optional("timezone", scalar(Format.ZONE), "Of timestamps without a zone.")
              .otherwise("the project's"),
          Key.required("from", either(FILES, DATABASE), "Where the rows come from."),
          Key.optional(
                  "columns",
                  new Named(
                      Format.COLUMN, either(scalar(Format.TYPE), COLUMN_SETTINGS, new Nothing())),
                  "Columns by name, with a type or with settings.")
              .otherwise("inferred, then pinned"),
          Key.optional(
              "require",
              CommonKeys.listOfOne("require", CommonKeys.REQUIREMENTS),
              "What every row must satisfy; one that does not goes to `NAME_rejected`."),
          Key.optional(
                  "max_rejected",
                  scalar(Format.LIMIT),
                  "How many rows of a batch may be rejected before the run stops: a share, a number,"
                      + " or `unlimited`.")
              .otherwise("`" + RejectionLimits.DEFAULT + "`"),
          Key.optional(
                  "on_type_change",
                  choice("reject", "error"),
                  "What to do with a value that does not fit its column's pinned type: reject the"
                      + " row, or stop.")
              .otherwise("`reject`"));

  private SourceKeys() {}
}
