package dev.kith.measures;

import dev.kith.model.DiagnosticCode;

/** Faults in the definition of a profile. */
public enum MeasureCode implements DiagnosticCode {
  UNKNOWN_AGGREGATE(
      "M001",
      "an unknown aggregate",
      "A measure is one aggregate of a person's events, such as `sum(amount)`. The reference of"
          + " aggregates lists them all. An expression over several aggregates belongs into"
          + " `derive:` (once per window) or `metrics:`."),
  MALFORMED_AGGREGATE(
      "M002",
      "an aggregate that cannot be read",
      "A measure is written `name(arguments)`, and may be followed by `filter (where condition)`."
          + " Nothing else may stand around it."),
  UNKNOWN_COLUMN(
      "M003",
      "an unknown column",
      "The table has no column of that name. In `derive:`, the block's measures are the columns, by"
          + " the names they are defined with; in `metrics:`, all columns of the profile that are"
          + " written above, and `as_of`."),
  WRONG_ARGUMENTS(
      "M004",
      "wrong arguments of an aggregate",
      "The aggregate takes another number of arguments, or arguments of another kind: the n of"
          + " `latest(x, n)` and `top(x, n)` is a whole number from 1 to 10000, the q of"
          + " `quantile(x, q)` a number from 0 to 1, the gap of `sessions(30 minutes)` a number of"
          + " seconds, minutes or hours; `distinct` goes with `count` only."),
  NOT_ROW_WISE(
      "M005",
      "an expression that is not about one event",
      "Inside an aggregate and its filter stands an expression over the columns of one event. Other"
          + " aggregates, window functions and subqueries belong into a table of their own"
          + " (`tables/*.sql`), or into `derive:` and `metrics:`. Nor may it use `:as_of`."),
  WRONG_VALUES(
      "M006",
      "values that the aggregate does not take",
      "The expression has a type that the aggregate cannot compute with, such as a sum of texts."
          + " Convert it, as in `sum(amount::DECIMAL(12,2))`, or take another aggregate."),
  FILTER_NOT_BOOLEAN(
      "M007",
      "a filter that is no condition",
      "`filter (where ...)` holds a condition, true or false for each event."),
  NO_TIME(
      "M008",
      "a table without a time",
      "Measures and transactions need to know when each row happened: give the source or table an"
          + " `at:` column of type timestamp, date or timestamp with time zone."),
  UNSAFE_TIME(
      "M009",
      "a table whose time is not safe",
      "A row with a time must depend only on what was known at that time, or a profile would tell"
          + " what nobody could have known then. Row-wise SQL proves it. For other SQL, check it"
          + " and say `at_safe: true` in the table's settings."),
  NO_KEY(
      "M010",
      "a table without the key's column",
      "The rows of a person are found by the profile's `key:`. If the table calls that column"
          + " otherwise, say `on: column` in the block."),
  KEY_TYPE(
      "M011",
      "a key of another type",
      "The column has another type than the profile's key, so its values might look alike and not be"
          + " equal. Cast one of them where its table is made; Kith never casts a key."),
  NO_HISTORY(
      "M012",
      "a table without history",
      "A profile must know who existed at which time: `from:` names a source of kind entity, a table"
          + " with the columns `valid_from` and `valid_to`, or `{keys_of: [orders, clicks]}`."),
  NO_WINDOWS(
      "M013",
      "a measure without a window",
      "Say over what time it is computed, as in `over: [7d, 30d, ever]`, at the block or at the"
          + " measure."),
  WINDOW_MISSING(
      "M014",
      "a derived column over a window that a measure does not have",
      "A derived column is computed in each of its windows from the measures over the same window."
          + " Give the measure that window too, or the derived column an `over:` of its own."),
  NOT_AN_EXPRESSION(
      "M015",
      "a derived column or metric that is not an expression over columns",
      "`derive:` and `metrics:` hold expressions over columns of the same row: no aggregates, window"
          + " functions or subqueries.");

  private final String id;
  private final String summary;
  private final String explanation;

  MeasureCode(String id, String summary, String explanation) {
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
