package dev.kith.measures;

import dev.kith.measures.ColumnOrigin.Measured;
import dev.kith.model.Located;
import dev.kith.model.definition.Window;
import dev.kith.model.definition.Window.Direction;
import dev.kith.model.type.DataType;
import dev.kith.model.type.DataType.Primitive;
import java.util.List;
import java.util.Optional;

/** From a measure to an expression over the results of families. */
final class Lowering {

  private final Families families;

  Lowering(Families families) {
    this.families = families;
  }

  /**
   * Asks for what all measures share before any is lowered, so that a count of different values
   * finds the tally that a later measure needs.
   */
  void prepare(List<Measured> measures) {
    for (Measured measure : measures) {
      switch (measure.aggregate().function()) {
        case MODE, TOP, HISTOGRAM -> tally(measure);
        default -> {}
      }
    }
  }

  /** A measure of the row's person, over the joined families. */
  String lower(Measured measure, DataType type) {
    Aggregate aggregate = measure.aggregate();
    Window window = measure.window();
    String result =
        switch (aggregate.function()) {
          case COUNT_EVENTS -> accumulation(measure).count("*", filter(measure), window);
          case COUNT -> count(measure);
          case COUNT_DISTINCT -> countDistinct(measure, expression(measure), type(measure));
          case SUM -> Dialect.cast(sum(measure), type.sql());
          case AVERAGE -> average(measure);
          case MINIMUM -> extreme(measure, false);
          case MAXIMUM -> maximum(measure);
          case STANDARD_DEVIATION ->
              accumulate(measure, "stddev_samp(" + asDouble(value(measure)) + ")");
          case VARIANCE -> accumulate(measure, "var_samp(" + asDouble(value(measure)) + ")");
          case FIRST -> extremity(measure, false).value(window, hasOrder(measure));
          case LAST -> extremity(measure, true).value(window, hasOrder(measure));
          case LATEST -> newest(measure).list(((Aggregate.Latest) aggregate).limit(), window);
          case MODE -> tally(measure).mode(window);
          case TOP -> tally(measure).top(((Aggregate.Top) aggregate).limit(), window);
          case HISTOGRAM -> tally(measure).histogram(window);
          case QUANTILE -> quantile(measure, ((Aggregate.Quantile) aggregate).fraction());
          case SESSIONS ->
              families
                  .gaps(measure.events(), direction(measure), filter(measure))
                  .sessions(((Aggregate.Sessions) aggregate).gap(), window);
          case ACTIVE_DAYS ->
              countDistinct(measure, Dialect.localDate(Sql.at(measure.events())), Primitive.DATE);
        };
    return aggregate.function().isCount() ? "coalesce(" + result + ", 0)" : result;
  }

  private String accumulate(Measured measure, String aggregate) {
    return accumulation(measure).aggregate(aggregate, filter(measure), measure.window());
  }

  /** The expression's name in the scan of the accumulation. */
  private String value(Measured measure) {
    return accumulation(measure).columns().name(expression(measure));
  }

  private Accumulation accumulation(Measured measure) {
    return families.accumulation(measure.events(), direction(measure), follows(measure));
  }

  /** Whether an accumulated result follows from what it was, what came and what went. */
  private static boolean follows(Measured measure) {
    return switch (measure.aggregate().function()) {
      case COUNT_EVENTS, COUNT -> true;
      case SUM, AVERAGE -> type(measure).isExactNumber();
      case MINIMUM, MAXIMUM -> !type(measure).isNested();
      default -> false;
    };
  }

  /** Of the aggregated values. */
  private static DataType type(Measured measure) {
    return measure.valueType().orElseThrow();
  }

  private String count(Measured measure) {
    return accumulation(measure).count(value(measure), filter(measure), measure.window());
  }

  private String sum(Measured measure) {
    return accumulation(measure)
        .sum(value(measure), type(measure), filter(measure), measure.window());
  }

  private String extreme(Measured measure, boolean greatest) {
    return accumulation(measure)
        .extreme(greatest, value(measure), type(measure), filter(measure), measure.window());
  }

  private String average(Measured measure) {
    return asDouble(sum(measure)) + " / nullif(" + count(measure) + ", 0)";
  }

  /** The latest time is the same in all windows that hold it, so it needs no filter per window. */
  private String maximum(Measured measure) {
    boolean ofTime = expression(measure).equals(Sql.at(measure.events()));
    return ofTime && direction(measure) == Direction.BACK
        ? accumulation(measure).latestTime(filter(measure), measure.window())
        : extreme(measure, true);
  }

  private String quantile(Measured measure, double fraction) {
    return families.quantile(
        measure.events(),
        direction(measure),
        asDouble(expression(measure)),
        fraction,
        filter(measure),
        measure.window());
  }

  private String countDistinct(Measured measure, String expression, DataType type) {
    Direction direction = direction(measure);
    return families
        .existingTally(measure.events(), direction, filter(measure), expression)
        .map(tally -> tally.countDistinct(measure.window()))
        .orElseGet(
            () ->
                families.countDistinct(
                    measure.events(), filter(measure), expression, type, measure.window()));
  }

  private Tally tally(Measured measure) {
    return families.tally(
        measure.events(), direction(measure), filter(measure), expression(measure), type(measure));
  }

  private Extremity extremity(Measured measure, boolean last) {
    return families.extremity(
        measure.events(), direction(measure), filter(measure), expression(measure), last);
  }

  private Newest newest(Measured measure) {
    return families.newestValues(
        measure.events(),
        direction(measure),
        filter(measure),
        expression(measure),
        hasOrder(measure));
  }

  private static boolean hasOrder(Measured measure) {
    return measure.valueType().filter(AggregateFunction::hasOrder).isPresent();
  }

  private static Direction direction(Measured measure) {
    return Reach.direction(measure.window());
  }

  private static Optional<String> filter(Measured measure) {
    return measure.aggregate().filter().map(Located::value).map(Sql::parenthesised);
  }

  /** The aggregated expression, in its type; a column as it is. */
  private static String expression(Measured measure) {
    String written = measure.aggregate().expression().orElseThrow().value();
    if (isTime(measure, written)) {
      return Sql.at(measure.events());
    }
    return Sql.isColumn(written)
        ? written
        : Dialect.cast(Sql.parenthesised(written), measure.valueType().orElseThrow().sql());
  }

  private static boolean isTime(Measured measure, String written) {
    return measure.events().at().type() == Primitive.INSTANT
        && unquoted(written).equalsIgnoreCase(measure.events().at().name());
  }

  private static String unquoted(String column) {
    return column.startsWith("\"") ? column.substring(1, column.length() - 1) : column;
  }

  private static String asDouble(String number) {
    return Dialect.cast(number, "DOUBLE");
  }
}
