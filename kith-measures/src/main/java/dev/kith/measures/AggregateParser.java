package dev.kith.measures;

import dev.kith.model.Diagnostic;
import dev.kith.model.Located;
import dev.kith.model.Problems;
import dev.kith.model.SourceSpan;
import dev.kith.model.Suggestion;
import dev.kith.sql.FunctionCall;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads an aggregate as it is written: {@code name([distinct] arguments) [filter (where
 * condition)]}. Expressions within are kept as they are; whether they hold is for the planner.
 */
public final class AggregateParser {

  /** The most values that a list aggregate keeps: lists are held in memory. */
  static final int MAX_LIMIT = 10_000;

  private static final Pattern WHOLE_NUMBER = Pattern.compile("[0-9]{1,9}");
  private static final Pattern NUMBER = Pattern.compile("[0-9]*\\.?[0-9]+|[0-9]+\\.");
  private static final Pattern GAP =
      Pattern.compile("([0-9]{1,6})\\s*(s|seconds?|m|minutes?|h|hours?)");

  private static final List<String> NAMES =
      Arrays.stream(AggregateFunction.values())
          .map(AggregateFunction::functionName)
          .distinct()
          .toList();

  private final FunctionCall call;
  private final String name;
  private final Problems problems;

  private AggregateParser(FunctionCall call, Problems problems) {
    this.call = call;
    this.name = call.name().value();
    this.problems = problems;
  }

  /** The aggregate, or nothing and what is wrong with it. */
  public static Optional<Aggregate> parse(Located<String> text, Problems problems) {
    Optional<FunctionCall> call = FunctionCall.read(text);
    if (call.isEmpty()) {
      problems.add(
          Diagnostic.error(
              MeasureCode.MALFORMED_AGGREGATE,
              text.span(),
              "'" + text.value().strip() + "' is not an aggregate",
              "write `name(arguments)`, as in `sum(amount)`, or with a condition `sum(amount) filter"
                  + " (where amount > 0)`; expressions over several belong into `derive:` or"
                  + " `metrics:`"));
      return Optional.empty();
    }
    return new AggregateParser(call.get(), problems).parse();
  }

  private Optional<Aggregate> parse() {
    if (!NAMES.contains(name)) {
      Diagnostic unknown =
          Diagnostic.error(
              MeasureCode.UNKNOWN_AGGREGATE,
              call.name().span(),
              "there is no aggregate '" + name + "'",
              "the aggregates are " + String.join(", ", NAMES));
      problems.add(Suggestion.didYouMean(name, NAMES).map(unknown::withHelp).orElse(unknown));
      return Optional.empty();
    }
    if (call.distinct() && !name.equals("count")) {
      return wrong("'distinct' goes with 'count' only", "leave it out");
    }
    if (call.star() && !name.equals("count")) {
      return wrong("'*' is not a value", "name a column; only `count(*)` counts events");
    }
    if (call.orderBy().isPresent()) {
      return wrong(
          call.orderBy().get().span(),
          "an aggregate's own order",
          "leave it out: the order of events is fixed, by their time and id");
    }
    return resolve(call.filter());
  }

  private Optional<Aggregate> resolve(Optional<Located<String>> filter) {
    return switch (name) {
      case "count" -> count(filter);
      case "sum" -> value().map(x -> new Aggregate.Sum(x, filter));
      case "avg" -> value().map(x -> new Aggregate.Average(x, filter));
      case "min" -> value().map(x -> new Aggregate.Minimum(x, filter));
      case "max" -> value().map(x -> new Aggregate.Maximum(x, filter));
      case "stddev" -> value().map(x -> new Aggregate.StandardDeviation(x, filter));
      case "variance" -> value().map(x -> new Aggregate.Variance(x, filter));
      case "first" -> value().map(x -> new Aggregate.First(x, filter));
      case "last" -> value().map(x -> new Aggregate.Last(x, filter));
      case "mode" -> value().map(x -> new Aggregate.Mode(x, filter));
      case "histogram" -> value().map(x -> new Aggregate.Histogram(x, filter));
      case "latest" -> limit().map(n -> new Aggregate.Latest(argument(0), n, filter));
      case "top" -> limit().map(n -> new Aggregate.Top(argument(0), n, filter));
      case "quantile" -> fraction().map(q -> new Aggregate.Quantile(argument(0), q, filter));
      case "sessions" -> gap().map(gap -> new Aggregate.Sessions(gap, filter));
      case "active_days" ->
          has(0, "active_days()")
              ? Optional.of(new Aggregate.ActiveDays(filter))
              : Optional.empty();
      default -> throw new IllegalStateException("An aggregate that is not read: " + name);
    };
  }

  private Optional<Aggregate> count(Optional<Located<String>> filter) {
    if (call.star()) {
      return call.distinct()
          ? wrong("'*' has no distinct values", "write `count(distinct x)`")
          : Optional.of(new Aggregate.CountEvents(filter));
    }
    if (!has(1, call.distinct() ? "count(distinct x)" : "count(*)` or `count(x)")) {
      return Optional.empty();
    }
    return Optional.of(
        call.distinct()
            ? new Aggregate.CountDistinct(argument(0), filter)
            : new Aggregate.Count(argument(0), filter));
  }

  private Optional<Located<String>> value() {
    return has(1, name + "(x)") ? Optional.of(argument(0)) : Optional.empty();
  }

  private Optional<Integer> limit() {
    if (!has(2, name + "(x, n)")) {
      return Optional.empty();
    }
    String n = argument(1).value();
    int limit = WHOLE_NUMBER.matcher(n).matches() ? Integer.parseInt(n) : 0;
    return limit < 1 || limit > MAX_LIMIT
        ? wrong(
            argument(1).span(),
            "'" + n + "' is not a number of values",
            "write a whole number from 1 to " + MAX_LIMIT)
        : Optional.of(limit);
  }

  private Optional<Double> fraction() {
    if (!has(2, "quantile(x, q)")) {
      return Optional.empty();
    }
    String q = argument(1).value();
    double fraction = NUMBER.matcher(q).matches() ? Double.parseDouble(q) : -1;
    return fraction < 0 || fraction > 1
        ? wrong(
            argument(1).span(),
            "'" + q + "' is not a share of the values",
            "write a number from 0 to 1, such as 0.5 for the median")
        : Optional.of(fraction);
  }

  private Optional<Duration> gap() {
    if (!has(1, "sessions(30 minutes)")) {
      return Optional.empty();
    }
    String text = argument(0).value();
    Matcher matcher = GAP.matcher(text.toLowerCase(Locale.ROOT));
    long amount = matcher.matches() ? Long.parseLong(matcher.group(1)) : 0;
    if (amount == 0) {
      return wrong(
          argument(0).span(),
          "'" + text + "' is not a gap between sessions",
          "write a number of seconds, minutes or hours, as in `sessions(30 minutes)`");
    }
    return Optional.of(
        switch (matcher.group(2).charAt(0)) {
          case 's' -> Duration.ofSeconds(amount);
          case 'm' -> Duration.ofMinutes(amount);
          default -> Duration.ofHours(amount);
        });
  }

  private Located<String> argument(int index) {
    return call.arguments().get(index);
  }

  /** Whether there are so many arguments, none empty. */
  private boolean has(int arguments, String form) {
    int given = call.arguments().size();
    if (given == arguments && call.arguments().stream().noneMatch(x -> x.value().isBlank())) {
      return true;
    }
    String count = given == 0 ? "no arguments" : given == 1 ? "1 argument" : given + " arguments";
    wrong(
        given == arguments ? "an argument is missing" : "'" + name + "' does not take " + count,
        "write `" + form + "`");
    return false;
  }

  private <T> Optional<T> wrong(String message, String help) {
    return wrong(call.name().span(), message, help);
  }

  private <T> Optional<T> wrong(SourceSpan span, String message, String help) {
    problems.add(Diagnostic.error(MeasureCode.WRONG_ARGUMENTS, span, message, help));
    return Optional.empty();
  }
}
