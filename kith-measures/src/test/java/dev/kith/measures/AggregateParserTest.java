package dev.kith.measures;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.model.Diagnostic;
import dev.kith.model.Located;
import dev.kith.model.Problems;
import dev.kith.model.SourceSpan;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AggregateParserTest {

  private static final SourceSpan START = SourceSpan.at("profiles/customer.yaml", 14, 12);

  private static Located<String> at(String text) {
    return new Located<>(text, START);
  }

  private static Aggregate parse(String text) {
    Problems problems = new Problems();
    Optional<Aggregate> aggregate = AggregateParser.parse(at(text), problems);
    assertThat(problems.all()).isEmpty();
    return aggregate.orElseThrow();
  }

  @Test
  void readsEachAggregate() {
    Located<String> x = at("x");
    Optional<Located<String>> none = Optional.empty();

    assertThat(parse("count(*)")).isEqualTo(new Aggregate.CountEvents(none));
    assertThat(parse("COUNT( x )")).isEqualTo(new Aggregate.Count(x, none));
    assertThat(parse("count(distinct x)")).isEqualTo(new Aggregate.CountDistinct(x, none));
    assertThat(parse("sum(x)")).isEqualTo(new Aggregate.Sum(x, none));
    assertThat(parse("avg(x)")).isEqualTo(new Aggregate.Average(x, none));
    assertThat(parse("min(x)")).isEqualTo(new Aggregate.Minimum(x, none));
    assertThat(parse("max(x)")).isEqualTo(new Aggregate.Maximum(x, none));
    assertThat(parse("stddev(x)")).isEqualTo(new Aggregate.StandardDeviation(x, none));
    assertThat(parse("variance(x)")).isEqualTo(new Aggregate.Variance(x, none));
    assertThat(parse("first(x)")).isEqualTo(new Aggregate.First(x, none));
    assertThat(parse("last(x)")).isEqualTo(new Aggregate.Last(x, none));
    assertThat(parse("latest(x, 5)")).isEqualTo(new Aggregate.Latest(x, 5, none));
    assertThat(parse("mode(x)")).isEqualTo(new Aggregate.Mode(x, none));
    assertThat(parse("top(x, 3)")).isEqualTo(new Aggregate.Top(x, 3, none));
    assertThat(parse("histogram(x)")).isEqualTo(new Aggregate.Histogram(x, none));
    assertThat(parse("quantile(x, .25)")).isEqualTo(new Aggregate.Quantile(x, 0.25, none));
    assertThat(parse("sessions(90 seconds)"))
        .isEqualTo(new Aggregate.Sessions(Duration.ofSeconds(90), none));
    assertThat(parse("sessions(1 hour)"))
        .isEqualTo(new Aggregate.Sessions(Duration.ofHours(1), none));
    assertThat(parse("active_days()")).isEqualTo(new Aggregate.ActiveDays(none));
  }

  @Test
  void readsEveryAggregateOfTheTable() {
    for (AggregateFunction function : AggregateFunction.values()) {
      String text = function.syntax().replace(", n", ", 3").replace(", q", ", 0.5");
      assertThat(parse(text).function()).isEqualTo(function);
    }
  }

  @Test
  void keepsExpressionsAndWhereTheyStand() {
    Aggregate aggregate =
        parse("sum(case when kind in ('a)', 'b') then f(x, y) end) filter (where z[1] > 0)");

    Located<String> value = aggregate.expression().orElseThrow();
    assertThat(value.value()).isEqualTo("case when kind in ('a)', 'b') then f(x, y) end");
    assertThat(value.span()).hasToString("profiles/customer.yaml:14:16");
    Located<String> filter = aggregate.filter().orElseThrow();
    assertThat(filter.value()).isEqualTo("z[1] > 0");
    assertThat(filter.span().column()).isEqualTo(12 + 66);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "sum(x              | M002 | 12 | 'sum(x' is not an aggregate",
        "x                  | M002 | 12 | 'x' is not an aggregate",
        "sum(x) + 1         | M002 | 12 | 'sum(x) + 1' is not an aggregate",
        "sum(x) over ()     | M002 | 12 | 'sum(x) over ()' is not an aggregate",
        "sum(x) filter (where ) | M002 | 12 | 'sum(x) filter (where )' is not an aggregate",
        "summ(x)            | M001 | 12 | there is no aggregate 'summ'",
        "median(x)          | M001 | 12 | there is no aggregate 'median'",
        "sum()              | M004 | 12 | 'sum' does not take no arguments",
        "sum(x, y)          | M004 | 12 | 'sum' does not take 2 arguments",
        "sum(distinct x)    | M004 | 12 | 'distinct' goes with 'count' only",
        "count(distinct *)  | M004 | 12 | '*' has no distinct values",
        "sum(*)             | M004 | 12 | '*' is not a value",
        "first(x order by y)| M004 | 29 | an aggregate's own order",
        "latest(x)          | M004 | 12 | 'latest' does not take 1 argument",
        "latest(x, 0)       | M004 | 22 | '0' is not a number of values",
        "top(x, 10001)      | M004 | 19 | '10001' is not a number of values",
        "top(x, n)          | M004 | 19 | 'n' is not a number of values",
        "quantile(x, 1.5)   | M004 | 24 | '1.5' is not a share of the values",
        "quantile(x, -1)    | M004 | 24 | '-1' is not a share of the values",
        "sessions(1 day)    | M004 | 21 | '1 day' is not a gap between sessions",
        "sessions(0 minutes)| M004 | 21 | '0 minutes' is not a gap between sessions",
        "active_days(x)     | M004 | 12 | 'active_days' does not take 1 argument",
      })
  void refuses(String text, String code, int column, String message) {
    Problems problems = new Problems();

    assertThat(AggregateParser.parse(at(text), problems)).isEmpty();

    Diagnostic diagnostic = problems.all().get(0);
    assertThat(diagnostic.message()).isEqualTo(message);
    assertThat(diagnostic.code().id()).isEqualTo(code);
    assertThat(diagnostic.span().column()).isEqualTo(column);
    assertThat(diagnostic.help()).isPresent();
    assertThat(problems.all()).hasSize(1);
  }

  @Test
  void guessesWhatWasMeant() {
    Problems problems = new Problems();
    AggregateParser.parse(at("summ(x)"), problems);

    assertThat(problems.all())
        .singleElement()
        .hasToString(
            "profiles/customer.yaml:14:12: error[M001]: there is no aggregate 'summ'\n"
                + "  help: did you mean 'sum'?");
  }
}
