package dev.kith.measures;

import java.time.Duration;
import java.util.Locale;
import java.util.Random;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A random measure: how it is written, and what it means as plain Java.
 *
 * @param limit of lists
 * @param fraction of quantiles
 * @param gap of sessions
 */
record Spec(
    AggregateFunction function,
    Value value,
    Filter filter,
    int limit,
    double fraction,
    Duration gap) {

  /** An expression over an event. */
  record Value(String sql, Function<Event, @Nullable Object> of) {}

  /** A condition; NULL is not true. */
  record Filter(String sql, Function<Event, @Nullable Boolean> of) {}

  private static final Value[] NUMBERS = {
    new Value("amount", Event::amount),
    new Value("quantity", Event::quantity),
    new Value("quantity * 2 -- doubled", e -> e.quantity() == null ? null : e.quantity() * 2),
    new Value("big", Event::big),
    new Value("score", Event::score),
  };

  private static final Value[] OTHERS = {
    new Value("name", Event::name),
    new Value("\"NAME\"", Event::name),
    new Value("lower(name)", e -> e.name() == null ? null : e.name().toLowerCase(Locale.ROOT)),
    new Value("coalesce(name, '')", e -> e.name() == null ? "" : e.name()),
    new Value("case when flag then name end", e -> Boolean.TRUE.equals(e.flag()) ? e.name() : null),
    new Value("flag", Event::flag),
    new Value("day", Event::day),
  };

  private static final Filter[] FILTERS = {
    new Filter("quantity > 1", e -> e.quantity() == null ? null : e.quantity() > 1),
    new Filter("name = 'a'", e -> e.name() == null ? null : e.name().equals("a")),
    new Filter("flag", Event::flag),
    new Filter("flag is null or score < 1", e -> e.flag() == null || below(e.score())),
    new Filter("not flag", e -> e.flag() == null ? null : !e.flag()),
  };

  private static boolean below(@Nullable Double score) {
    return score != null && score < 1;
  }

  static Spec random(Random random, AggregateFunction function) {
    boolean numeric =
        switch (function) {
          case SUM, AVERAGE, STANDARD_DEVIATION, VARIANCE, QUANTILE -> true;
          default -> random.nextInt(3) == 0;
        };
    Value[] values = numeric ? NUMBERS : OTHERS;
    Filter filter =
        random.nextBoolean() ? new Filter("", e -> true) : FILTERS[random.nextInt(FILTERS.length)];
    double[] fractions = {0, 0.1, 0.25, 0.5, 0.9, 1};
    return new Spec(
        function,
        values[random.nextInt(values.length)],
        filter,
        1 + random.nextInt(4),
        fractions[random.nextInt(fractions.length)],
        Duration.ofMinutes(new int[] {1, 30, 60, 60 * 24}[random.nextInt(4)]));
  }

  /** Another function of the same values, where there are some that make much of the same rows. */
  Spec akin(Random random) {
    return switch (function) {
      case MODE, TOP, HISTOGRAM ->
          of(random, AggregateFunction.MODE, AggregateFunction.TOP, AggregateFunction.HISTOGRAM);
      case SUM, AVERAGE -> of(random, AggregateFunction.SUM, AggregateFunction.AVERAGE);
      case MINIMUM, MAXIMUM -> of(random, AggregateFunction.COUNT, function);
      default -> this;
    };
  }

  private Spec of(Random random, AggregateFunction... functions) {
    AggregateFunction other = functions[random.nextInt(functions.length)];
    return new Spec(other, value, filter, limit, fraction, gap);
  }

  /** The same about the events' times, where a result that is an instant can be compared. */
  Spec ofTimes() {
    return switch (function) {
      case MINIMUM, MAXIMUM, FIRST, LAST, COUNT, COUNT_DISTINCT ->
          new Spec(function, new Value("happened", Event::at), filter, limit, fraction, gap);
      default -> this;
    };
  }

  String is() {
    String call =
        switch (function) {
          case COUNT_EVENTS -> "count(*)";
          case COUNT_DISTINCT -> "count(distinct " + value.sql() + "\n)";
          case LATEST, TOP -> function.functionName() + "(" + value.sql() + "\n, " + limit + ")";
          case QUANTILE -> "quantile(" + value.sql() + "\n, " + fraction + ")";
          case SESSIONS -> "sessions(" + gap.toMinutes() + " minutes)";
          case ACTIVE_DAYS -> "active_days()";
          default -> function.functionName() + "(" + value.sql() + "\n)";
        };
    return filter.sql().isEmpty() ? call : call + " filter (where " + filter.sql() + ")";
  }

  /** Whether values, not events, are aggregated. */
  boolean ofValues() {
    return switch (function) {
      case COUNT_EVENTS, SESSIONS, ACTIVE_DAYS -> false;
      default -> true;
    };
  }

  @Override
  public String toString() {
    return is();
  }
}
