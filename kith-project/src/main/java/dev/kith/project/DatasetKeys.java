package dev.kith.project;

import static dev.kith.project.CommonKeys.COLUMN;
import static dev.kith.project.CommonKeys.either;
import static dev.kith.project.CommonKeys.list;
import static dev.kith.project.CommonKeys.oneOrMore;
import static dev.kith.project.CommonKeys.scalar;

import dev.kith.project.Shape.Keyed;
import dev.kith.project.Shape.Named;

/** {@code datasets/NAME.yaml}. */
final class DatasetKeys {

  /** The column with a row's instant, unless another is named. */
  static final String AS_OF = "as_of";

  private static final Shape NAME = scalar(Format.NAME);
  private static final Shape EXPRESSION = scalar(Format.EXPRESSION);
  private static final Shape WINDOWS = oneOrMore(scalar(Format.SPAN));

  private static final Key IS = Key.required("is", EXPRESSION, "The expression.");
  private static final Key NEXT =
      Key.optional("next", WINDOWS, "Windows of its own, one or a list.").otherwise("the block's");

  private static final Keyed LABEL =
      refuseBackward(
          Keyed.of(
              "a label",
              IS,
              NEXT,
              Key.optional("as", NAME, "What its columns are called instead."),
              CommonKeys.DESCRIPTION,
              CommonKeys.PII,
              CommonKeys.TAGS));

  private static final Keyed DERIVED =
      refuseBackward(
          Keyed.of(
              "a derived label",
              IS,
              NEXT,
              CommonKeys.DESCRIPTION,
              CommonKeys.PII,
              CommonKeys.TAGS));

  private static final Keyed BLOCK =
      refuseBackward(
          Keyed.of(
              "labels",
              Key.required("from", scalar(Format.TABLE), "The table of events."),
              Key.optional("on", COLUMN, "The column that holds the person's key.")
                  .otherwise("the profile's `key`"),
              Key.required(
                  "next",
                  WINDOWS,
                  "Windows that begin at the row's instant, one or a list: `60d`, `12h`. A column is"
                      + " named `orders_next_60d`."),
              Key.required(
                  "define",
                  new Named(Format.NAME, either(EXPRESSION, LABEL)),
                  "Labels by name: an aggregate, as for a profile's measures."),
              Key.optional(
                  "derive",
                  new Named(Format.NAME, either(EXPRESSION, DERIVED)),
                  "Expressions over the block's labels by name, computed for each window."),
              Key.optional(
                      "complete_until",
                      scalar(Format.MOMENT),
                      "Up to when the table holds all that happened. Where a window ends later, its"
                          + " labels are NULL.")
                  .otherwise("the table's newest event")));

  static final Keyed SHAPE =
      Keyed.of(
          "a dataset",
          Key.required("dataset", NAME, "Its name, which is the file's too."),
          CommonKeys.DESCRIPTION,
          CommonKeys.OWNER,
          CommonKeys.TAGS,
          Key.required(
              "rows",
              either(
                  EXPRESSION,
                  Keyed.of(
                      "rows",
                      Key.required(
                          "file", CommonKeys.TEXT, "A file of rows, by its path in the project."))),
              "Which people at which instants: a query over the project's tables, or `{file: ...}`. A"
                  + " row has the profile's key and an instant; other columns pass through."),
          Key.optional(
                  "at",
                  COLUMN,
                  "The column of the rows with the instant: a time with its zone, or a local time or"
                      + " date in the project's.")
              .otherwise("`" + AS_OF + "`"),
          Key.required(
              "features",
              oneOrMore(scalar(Format.FEATURE)),
              "Columns of a profile as they were at the row's instant: `customer.*` for all, or"
                  + " `customer.spend_30d`."),
          Key.optional("except", oneOrMore(COLUMN), "Columns of the profile that are left out."),
          Key.optional(
                  "known",
                  CommonKeys.choice("now", "then"),
                  "Whether features use all rows there are now, or only those that had been ingested"
                      + " by the row's instant.")
              .otherwise("`now`"),
          Key.optional("labels", list(BLOCK), "What came after: aggregates over windows ahead."),
          Key.optional(
                  "table",
                  CommonKeys.TRUTH,
                  "Whether `kith run` builds it as a table of the release, so that it can be"
                      + " queried. Else `kith asof` computes it when it is asked for.")
              .otherwise("false"),
          CommonKeys.columnDocumentation(),
          CheckKeys.CHECKS);

  private DatasetKeys() {}

  private static Keyed refuseBackward(Keyed shape) {
    return shape.refusing(
        "over",
        ProjectCode.BACKWARD_LABEL,
        "a label looks forward: 'over' reads events before the row's instant",
        "use 'next'; what looks back belongs into the profile, and is a feature");
  }
}
