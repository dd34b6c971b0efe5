package dev.kith.run.check;

import dev.kith.engine.Rows;
import dev.kith.model.definition.Expectation;
import dev.kith.model.type.Column;
import dev.kith.model.type.DataType;
import dev.kith.model.type.DataType.Primitive;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * How far the values of a column have moved since the release before, from 0 (not at all) to 1.
 *
 * <p>Of values in an order it is the two-sample Kolmogorov-Smirnov statistic: the greatest
 * difference of the empirical distribution functions, that is of the share of rows at or below any
 * value (N. Smirnov, "Table for estimating the goodness of fit of empirical distributions", Annals
 * of Mathematical Statistics 19, 1948). Of all other values it is the total variation distance:
 * half the sum of the differences of shares, that is the greatest difference of the share of any
 * set of values (D. Levin and Y. Peres, "Markov Chains and Mixing Times", section 4.1). Both are
 * shares of rows, so one bound means the same for either; neither depends on bins, or on how many
 * rows there are. NULL is a value like any other, below all.
 */
final class DistributionMeasurement implements Measurement {

  private static final String COUNTS = "kith_counts";

  private final Measuring measuring;
  private final Expectation.Distribution expected;
  private final Column column;
  private final boolean ordered;

  DistributionMeasurement(Measuring measuring, Expectation.Distribution expected) {
    this.measuring = measuring;
    this.expected = expected;
    this.column = measuring.column(expected.column());
    this.ordered = isOrdered(column.type());
  }

  @Override
  public Finding take() {
    Optional<Column> before =
        measuring
            .baselines()
            .schema(measuring.table().name())
            .flatMap(schema -> schema.column(column.name()))
            .filter(one -> isComparable(one.type(), column.type()));
    if (before.isEmpty()) {
      return Finding.incomparable("nothing to compare with yet");
    }
    measuring.baselines().bind(measuring.session(), measuring.table().name());
    measuring.session().materialise(COUNTS, counts(before.get()));
    Optional<Double> shift = shift();
    if (shift.isEmpty()) {
      return Finding.incomparable("nothing to compare with: there were no rows, or are none");
    }
    boolean holds = shift.get() <= expected.maxShift();
    String message = "'%s' has shifted by %s".formatted(column.name(), number(shift.get()));
    return Finding.ofValue(
        holds,
        number(shift.get()),
        "<= " + number(expected.maxShift()),
        holds
            ? message
            : message
                + "; "
                + number(expected.maxShift())
                + " may be ("
                + (ordered ? "Kolmogorov-Smirnov" : "total variation")
                + ")",
        holds ? List.of() : moved());
  }

  private static boolean isOrdered(DataType type) {
    return type.isNumber()
        || type == Primitive.DATE
        || type == Primitive.TIME
        || type == Primitive.TIMESTAMP
        || type == Primitive.INSTANT;
  }

  private static boolean isComparable(DataType before, DataType now) {
    return before.equals(now) || (before.isNumber() && now.isNumber());
  }

  /** Each value with the number of rows that have it now, and that had it before. */
  private String counts(Column before) {
    String one =
        "SELECT %s AS kith_value, count(*) AS now_rows, 0 AS before_rows FROM %s GROUP BY ALL";
    String other =
        "SELECT %s AS kith_value, 0 AS now_rows, count(*) AS before_rows FROM %s GROUP BY ALL";
    return "SELECT kith_value, CAST(sum(now_rows) AS DOUBLE) AS now_rows,"
        + " CAST(sum(before_rows) AS DOUBLE) AS before_rows FROM ("
        + one.formatted(column.quotedName(), measuring.from())
        + " UNION ALL "
        + other.formatted(before.quotedName(), Baselines.NAME.quoted())
        + ") GROUP BY kith_value";
  }

  private Optional<Double> shift() {
    String sql =
        ordered
            ? "SELECT max(abs(now_share - before_share)) FROM (" + cumulated() + ")"
            : "SELECT sum(abs(now_share - before_share)) / 2 FROM (" + shares() + ")";
    String both =
        "SELECT (%s) AS shift FROM (SELECT sum(now_rows) AS n, sum(before_rows) AS b FROM %s) WHERE n > 0 AND b > 0"
            .formatted(sql, COUNTS);
    try (Rows rows = measuring.session().query(both)) {
      return rows.next() && rows.value(0) instanceof Number number
          ? Optional.of(Math.min(1, number.doubleValue()))
          : Optional.empty();
    }
  }

  private static String shares() {
    return "SELECT kith_value, now_rows / sum(now_rows) OVER () AS now_share,"
        + " before_rows / sum(before_rows) OVER () AS before_share FROM "
        + COUNTS;
  }

  private static String cumulated() {
    String upTo =
        "sum(%1$s) OVER (ORDER BY kith_value NULLS FIRST ROWS UNBOUNDED PRECEDING)"
            + " / sum(%1$s) OVER ()";
    return "SELECT kith_value, "
        + upTo.formatted("now_rows")
        + " AS now_share, "
        + upTo.formatted("before_rows")
        + " AS before_share FROM "
        + COUNTS;
  }

  /** What shows the shift: deciles, or the values whose shares have changed most. */
  private List<SampleRow> moved() {
    boolean personal =
        measuring.table().personal().contains(column.name().toLowerCase(Locale.ROOT));
    String select =
        ordered
            ? "SELECT decile, min(kith_value) FILTER (WHERE now_share >= decile) AS now,"
                + " min(kith_value) FILTER (WHERE before_share >= decile) AS before FROM ("
                + cumulated()
                + "), (SELECT unnest([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]) AS decile)"
                + " GROUP BY decile ORDER BY decile"
            : "SELECT kith_value AS value, now_share, before_share FROM ("
                + shares()
                + ") ORDER BY abs(now_share - before_share) DESC, kith_value LIMIT 20";
    return measuring.read(
        select,
        Set.of("decile", "now", "before", "value", "now_share", "before_share"),
        personal ? Set.of("now", "before", "value") : Set.of());
  }

  private static String number(double value) {
    return java.math.BigDecimal.valueOf(value)
        .setScale(4, java.math.RoundingMode.HALF_UP)
        .stripTrailingZeros()
        .toPlainString();
  }
}
