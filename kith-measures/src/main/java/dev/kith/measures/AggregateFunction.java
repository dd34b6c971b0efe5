package dev.kith.measures;

import dev.kith.model.type.Column;
import dev.kith.model.type.DataType;
import dev.kith.model.type.DataType.Decimal;
import dev.kith.model.type.DataType.ListOf;
import dev.kith.model.type.DataType.MapOf;
import dev.kith.model.type.DataType.Primitive;
import dev.kith.model.type.DataType.Struct;
import java.util.Optional;

/**
 * The aggregates of measures: what each gives, and how. The one place that says so;
 * docs/reference/aggregates.md is generated from it.
 */
public enum AggregateFunction {
  COUNT_EVENTS(
      "count(*)",
      "how many events there are",
      "BIGINT",
      "0",
      "counted: events count, not values",
      "none",
      Update.SUBTRACTION),
  COUNT(
      "count(x)",
      "how many events have a value",
      "BIGINT",
      "0",
      "not counted",
      "none",
      Update.SUBTRACTION),
  COUNT_DISTINCT(
      "count(distinct x)",
      "how many different values there are",
      "BIGINT",
      "0",
      "not counted",
      "none",
      Update.STATE),
  SUM(
      "sum(x)",
      "the sum; one that does not fit its type is an error",
      "BIGINT of integers, DECIMAL(38, s) of decimals with scale s, DOUBLE of floats",
      "NULL",
      "skipped",
      "none",
      Update.SUBTRACTION_IF_EXACT),
  AVERAGE(
      "avg(x)",
      "the mean; of exact numbers, their exact sum divided by their count",
      "DOUBLE",
      "NULL",
      "skipped",
      "none",
      Update.SUBTRACTION_IF_EXACT),
  MINIMUM(
      "min(x)",
      "the smallest value",
      "the type of x",
      "NULL",
      "skipped",
      "none: equal values are alike",
      Update.RECOMPUTE_IF_TOUCHED),
  MAXIMUM(
      "max(x)",
      "the greatest value",
      "the type of x",
      "NULL",
      "skipped",
      "none: equal values are alike",
      Update.RECOMPUTE_IF_TOUCHED),
  STANDARD_DEVIATION(
      "stddev(x)",
      "the standard deviation of a sample (divides by n - 1)",
      "DOUBLE",
      "NULL, and for one value",
      "skipped",
      "none",
      Update.RECOMPUTE),
  VARIANCE(
      "variance(x)",
      "the variance of a sample (divides by n - 1)",
      "DOUBLE",
      "NULL, and for one value",
      "skipped",
      "none",
      Update.RECOMPUTE),
  FIRST(
      "first(x)",
      "the earliest value that is not NULL",
      "the type of x",
      "NULL",
      "skipped",
      "first in the order of events",
      Update.RECOMPUTE_IF_TOUCHED),
  LAST(
      "last(x)",
      "the latest value that is not NULL",
      "the type of x",
      "NULL",
      "skipped",
      "last in the order of events",
      Update.RECOMPUTE_IF_TOUCHED),
  LATEST(
      "latest(x, n)",
      "the n latest values that are not NULL, newest first",
      "a list of the type of x",
      "NULL",
      "skipped",
      "the order of events, backwards",
      Update.RECOMPUTE_IF_TOUCHED),
  MODE(
      "mode(x)",
      "the most frequent value",
      "the type of x",
      "NULL",
      "skipped",
      "the smallest value",
      Update.STATE),
  TOP(
      "top(x, n)",
      "the n most frequent values, most frequent first",
      "a list of the type of x",
      "NULL",
      "skipped",
      "the smaller value first",
      Update.STATE),
  HISTOGRAM(
      "histogram(x)",
      "how many events have each value, by value",
      "a map of the type of x to BIGINT",
      "NULL",
      "skipped",
      "none: keys are in ascending order",
      Update.STATE),
  QUANTILE(
      "quantile(x, q)",
      "the value below which the share q of the values lies, 0 <= q <= 1, exactly; between two"
          + " values it is interpolated",
      "DOUBLE",
      "NULL",
      "skipped",
      "none",
      Update.RECOMPUTE),
  SESSIONS(
      "sessions(30 minutes)",
      "how many sessions there are: one begins with the window's first event, and with each that"
          + " comes more than the gap after the one before",
      "BIGINT",
      "0",
      "none: it takes no values",
      "events at the same time are one session",
      Update.RECOMPUTE),
  ACTIVE_DAYS(
      "active_days()",
      "on how many local dates there are events",
      "BIGINT",
      "0",
      "none: it takes no values",
      "none",
      Update.STATE);

  /** How the daily update gets from one day's value to the next. */
  public enum Update {
    SUBTRACTION("entering events are added, leaving ones subtracted"),
    SUBTRACTION_IF_EXACT(
        "exact numbers: entering events are added, leaving ones subtracted; floats: recomputed"),
    STATE("from a state per person and value"),
    RECOMPUTE_IF_TOUCHED("recomputed where an event that decided it leaves or comes late"),
    RECOMPUTE("recomputed for people with entering or leaving events");

    private final String description;

    Update(String description) {
      this.description = description;
    }

    public String description() {
      return description;
    }
  }

  private final String syntax;
  private final String meaning;
  private final String result;
  private final String ofNothing;
  private final String nulls;
  private final String ties;
  private final Update update;

  AggregateFunction(
      String syntax,
      String meaning,
      String result,
      String ofNothing,
      String nulls,
      String ties,
      Update update) {
    this.syntax = syntax;
    this.meaning = meaning;
    this.result = result;
    this.ofNothing = ofNothing;
    this.nulls = nulls;
    this.ties = ties;
    this.update = update;
  }

  /** An example of how it is written. */
  public String syntax() {
    return syntax;
  }

  /** What comes before the parenthesis: {@code count}. */
  public String functionName() {
    return syntax.substring(0, syntax.indexOf('('));
  }

  public String meaning() {
    return meaning;
  }

  /** The result's type, in words. */
  public String result() {
    return result;
  }

  /** The value where no event counts. */
  public String ofNothing() {
    return ofNothing;
  }

  /** What becomes of values that are NULL. */
  public String nulls() {
    return nulls;
  }

  /** Which value is taken where several would do. */
  public String ties() {
    return ties;
  }

  public Update update() {
    return update;
  }

  /** Whether the result is a number that is 0, not NULL, where no event counts. */
  public boolean isCount() {
    return ofNothing.equals("0");
  }

  /** What values must be, for messages; nothing where they may be anything. */
  Optional<String> requirement() {
    return switch (this) {
      case SUM, AVERAGE, STANDARD_DEVIATION, VARIANCE, QUANTILE -> Optional.of("numbers");
      case COUNT_DISTINCT, MINIMUM, MAXIMUM, MODE, TOP, HISTOGRAM ->
          Optional.of("values that have an order, which maps do not have");
      default -> Optional.empty();
    };
  }

  /**
   * The type of the result for values of a type.
   *
   * @param value ignored by aggregates that take none
   * @return nothing if the aggregate does not take such values
   */
  public Optional<DataType> resultType(DataType value) {
    return switch (this) {
      case COUNT_EVENTS, COUNT, SESSIONS, ACTIVE_DAYS -> Optional.of(Primitive.BIGINT);
      case COUNT_DISTINCT -> ordered(value).map(type -> Primitive.BIGINT);
      case SUM -> sumOf(value);
      case AVERAGE, STANDARD_DEVIATION, VARIANCE, QUANTILE ->
          value.isNumber() ? Optional.of(Primitive.DOUBLE) : Optional.empty();
      case MINIMUM, MAXIMUM, MODE -> ordered(value);
      case FIRST, LAST -> Optional.of(value);
      case LATEST -> Optional.of(new ListOf(value));
      case TOP -> ordered(value).map(ListOf::new);
      case HISTOGRAM -> ordered(value).map(type -> new MapOf(type, Primitive.BIGINT));
    };
  }

  private static Optional<DataType> sumOf(DataType value) {
    if (value instanceof Decimal decimal) {
      return Optional.of(new Decimal(38, decimal.scale()));
    }
    if (value.isFloatingPoint()) {
      return Optional.of(Primitive.DOUBLE);
    }
    return value.isExactNumber() ? Optional.of(Primitive.BIGINT) : Optional.empty();
  }

  private static Optional<DataType> ordered(DataType type) {
    return hasOrder(type) ? Optional.of(type) : Optional.empty();
  }

  /** Whether values can be compared on every engine: they hold no map. */
  static boolean hasOrder(DataType type) {
    if (type instanceof ListOf list) {
      return hasOrder(list.element());
    }
    if (type instanceof Struct struct) {
      return struct.fields().stream().map(Column::type).allMatch(AggregateFunction::hasOrder);
    }
    return !(type instanceof MapOf);
  }
}
