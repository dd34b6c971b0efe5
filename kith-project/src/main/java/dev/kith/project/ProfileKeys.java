package dev.kith.project;

import static dev.kith.project.CommonKeys.COLUMN;
import static dev.kith.project.CommonKeys.either;
import static dev.kith.project.CommonKeys.list;
import static dev.kith.project.CommonKeys.oneOrMore;
import static dev.kith.project.CommonKeys.scalar;

import dev.kith.project.Shape.Keyed;
import dev.kith.project.Shape.Named;

/** {@code profiles/NAME.yaml}. */
final class ProfileKeys {

  private static final Shape TABLE = scalar(Format.TABLE);
  private static final Shape NAME = scalar(Format.NAME);
  private static final Shape EXPRESSION = scalar(Format.EXPRESSION);
  private static final Shape WINDOWS = oneOrMore(scalar(Format.WINDOW));

  private static final Key ON =
      Key.optional("on", COLUMN, "The column that holds the person's key.")
          .otherwise("the profile's `key`");
  private static final Key IS = Key.required("is", EXPRESSION, "The expression.");
  private static final Key OVER =
      Key.optional("over", WINDOWS, "Windows of its own, one or a list.").otherwise("the block's");

  private static final Keyed MEASURE =
      refuseForward(
          Keyed.of(
              "a measure",
              IS,
              OVER,
              Key.optional("as", NAME, "What its columns are called instead."),
              CommonKeys.DESCRIPTION,
              CommonKeys.PII,
              CommonKeys.TAGS));

  private static final Keyed DERIVED =
      refuseForward(
          Keyed.of(
              "a derived column",
              IS,
              OVER,
              CommonKeys.DESCRIPTION,
              CommonKeys.PII,
              CommonKeys.TAGS));

  private static final Keyed METRIC =
      Keyed.of("a metric", IS, CommonKeys.DESCRIPTION, CommonKeys.PII, CommonKeys.TAGS);

  private static final Keyed ATTRIBUTE =
      Keyed.of(
          "an attribute",
          Key.required("is", COLUMN, "The column."),
          Key.optional("as", NAME, "Its name in the profile.").otherwise("the column's"),
          CommonKeys.DESCRIPTION,
          CommonKeys.PII,
          CommonKeys.TAGS);

  private static final Keyed BLOCK =
      refuseForward(
          Keyed.of(
              "measures",
              Key.required("from", TABLE, "The table of events: a source or a table with an `at`."),
              ON,
              Key.optional(
                      "over",
                      WINDOWS,
                      "Windows that end at the profile's instant, one or a list: `30d`, `12h`,"
                          + " `ever`. A column is named `spend_30d`, and `spend` over `ever`.")
                  .otherwise("`ever`"),
              Key.required(
                  "define",
                  new Named(Format.NAME, either(EXPRESSION, MEASURE)),
                  "Measures by name: an aggregate, such as `sum(amount) filter (where kind ="
                      + " 'sale')`."),
              Key.optional(
                  "derive",
                  new Named(Format.NAME, either(EXPRESSION, DERIVED)),
                  "Expressions over the block's measures by name, computed for each window.")));

  static final Keyed SHAPE =
      Keyed.of(
          "a profile",
          Key.required("profile", NAME, "Its name, which is the file's too."),
          CommonKeys.DESCRIPTION,
          CommonKeys.OWNER,
          CommonKeys.TAGS,
          Key.required("key", COLUMN, "The column that names a person."),
          Key.required(
              "from",
              either(
                  TABLE,
                  Keyed.of(
                      "from keys",
                      Key.required(
                          "keys_of",
                          oneOrMore(TABLE),
                          "People exist from their first event in any of these tables."))),
              "Who exists: an entity, a table with `valid_from` and `valid_to`, or `{keys_of:"
                  + " [...]}`."),
          Key.optional(
              "attributes",
              list(either(COLUMN, ATTRIBUTE, new Named(Format.COLUMN, NAME))),
              "Columns of `from:`, as they were at the instant. `{column: name}` renames one."),
          Key.optional(
              "transactions",
              Keyed.of(
                  "transactions",
                  Key.required("from", TABLE, "The table of events."),
                  ON,
                  Key.required("latest", scalar(Format.COUNT), "How many."),
                  Key.required("columns", oneOrMore(COLUMN), "What to keep of each.")),
              "The latest rows of a person, as a list of structs, newest first."),
          Key.optional("measures", list(BLOCK), "Aggregates of a person's events over windows."),
          Key.optional(
              "metrics",
              new Named(Format.NAME, either(EXPRESSION, METRIC)),
              "Expressions over all columns above and `as_of`, by name."),
          Key.optional(
                  "as_of_copy",
                  CommonKeys.TRUTH,
                  "Whether runs keep a copy of the events in the order of people, from which `kith"
                      + " asof` and datasets answer faster.")
              .otherwise("false"),
          CommonKeys.columnDocumentation(),
          CheckKeys.CHECKS,
          Key.later("recommendations", "Items to recommend to a person."));

  private ProfileKeys() {}

  private static Keyed refuseForward(Keyed shape) {
    return shape.refusing(
        "next",
        ProjectCode.FORWARD_WINDOW,
        "a profile cannot look forward: 'next' reads events after its instant",
        "use 'over' for windows that look back; labels and outcomes belong into a dataset");
  }
}
