package dev.kith.measures;

import dev.kith.model.Located;
import java.time.Duration;
import java.util.Optional;

/**
 * What a measure computes from the events of a person in a window. Expressions are row-wise SQL
 * over the events' table. {@link AggregateFunction} says what each means.
 */
public sealed interface Aggregate {

  AggregateFunction function();

  /** Only events for which this holds count; without it all do. */
  Optional<Located<String>> filter();

  /** The expression whose values are aggregated; nothing where events themselves are. */
  default Optional<Located<String>> expression() {
    return Optional.empty();
  }

  /** An aggregate of an expression's values. */
  sealed interface OfValues extends Aggregate {
    Located<String> value();

    @Override
    default Optional<Located<String>> expression() {
      return Optional.of(value());
    }
  }

  /** {@code count(*)} */
  record CountEvents(Optional<Located<String>> filter) implements Aggregate {
    @Override
    public AggregateFunction function() {
      return AggregateFunction.COUNT_EVENTS;
    }
  }

  /** {@code count(x)} */
  record Count(Located<String> value, Optional<Located<String>> filter) implements OfValues {
    @Override
    public AggregateFunction function() {
      return AggregateFunction.COUNT;
    }
  }

  /** {@code count(distinct x)} */
  record CountDistinct(Located<String> value, Optional<Located<String>> filter)
      implements OfValues {
    @Override
    public AggregateFunction function() {
      return AggregateFunction.COUNT_DISTINCT;
    }
  }

  /** {@code sum(x)} */
  record Sum(Located<String> value, Optional<Located<String>> filter) implements OfValues {
    @Override
    public AggregateFunction function() {
      return AggregateFunction.SUM;
    }
  }

  /** {@code avg(x)} */
  record Average(Located<String> value, Optional<Located<String>> filter) implements OfValues {
    @Override
    public AggregateFunction function() {
      return AggregateFunction.AVERAGE;
    }
  }

  /** {@code min(x)} */
  record Minimum(Located<String> value, Optional<Located<String>> filter) implements OfValues {
    @Override
    public AggregateFunction function() {
      return AggregateFunction.MINIMUM;
    }
  }

  /** {@code max(x)} */
  record Maximum(Located<String> value, Optional<Located<String>> filter) implements OfValues {
    @Override
    public AggregateFunction function() {
      return AggregateFunction.MAXIMUM;
    }
  }

  /** {@code stddev(x)} */
  record StandardDeviation(Located<String> value, Optional<Located<String>> filter)
      implements OfValues {
    @Override
    public AggregateFunction function() {
      return AggregateFunction.STANDARD_DEVIATION;
    }
  }

  /** {@code variance(x)} */
  record Variance(Located<String> value, Optional<Located<String>> filter) implements OfValues {
    @Override
    public AggregateFunction function() {
      return AggregateFunction.VARIANCE;
    }
  }

  /** {@code first(x)} */
  record First(Located<String> value, Optional<Located<String>> filter) implements OfValues {
    @Override
    public AggregateFunction function() {
      return AggregateFunction.FIRST;
    }
  }

  /** {@code last(x)} */
  record Last(Located<String> value, Optional<Located<String>> filter) implements OfValues {
    @Override
    public AggregateFunction function() {
      return AggregateFunction.LAST;
    }
  }

  /**
   * {@code latest(x, n)}
   *
   * @param limit at least 1
   */
  record Latest(Located<String> value, int limit, Optional<Located<String>> filter)
      implements OfValues {
    @Override
    public AggregateFunction function() {
      return AggregateFunction.LATEST;
    }
  }

  /** {@code mode(x)} */
  record Mode(Located<String> value, Optional<Located<String>> filter) implements OfValues {
    @Override
    public AggregateFunction function() {
      return AggregateFunction.MODE;
    }
  }

  /**
   * {@code top(x, n)}
   *
   * @param limit at least 1
   */
  record Top(Located<String> value, int limit, Optional<Located<String>> filter)
      implements OfValues {
    @Override
    public AggregateFunction function() {
      return AggregateFunction.TOP;
    }
  }

  /** {@code histogram(x)} */
  record Histogram(Located<String> value, Optional<Located<String>> filter) implements OfValues {
    @Override
    public AggregateFunction function() {
      return AggregateFunction.HISTOGRAM;
    }
  }

  /**
   * {@code quantile(x, q)}
   *
   * @param fraction 0 to 1
   */
  record Quantile(Located<String> value, double fraction, Optional<Located<String>> filter)
      implements OfValues {
    @Override
    public AggregateFunction function() {
      return AggregateFunction.QUANTILE;
    }
  }

  /**
   * {@code sessions(30 minutes)}
   *
   * @param gap positive; an event that comes later than this after the one before begins a session
   */
  record Sessions(Duration gap, Optional<Located<String>> filter) implements Aggregate {
    @Override
    public AggregateFunction function() {
      return AggregateFunction.SESSIONS;
    }
  }

  /** {@code active_days()} */
  record ActiveDays(Optional<Located<String>> filter) implements Aggregate {
    @Override
    public AggregateFunction function() {
      return AggregateFunction.ACTIVE_DAYS;
    }
  }
}
