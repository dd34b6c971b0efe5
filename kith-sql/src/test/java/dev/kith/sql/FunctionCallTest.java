package dev.kith.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.model.Located;
import dev.kith.model.SourceSpan;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FunctionCallTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          sum(amount) | sum [amount]
          SUM ( amount ) | sum [amount]
          count(*) | count * []
          count(*) filter (where kind = 'view') | count * [] filter kind = 'view'
          count(DISTINCT a + ',') | count distinct [a + ',']
          quantile(f(a, b), [0.5, 0.9]) | quantile [f(a, b), [0.5, 0.9]]
          sessions(30 minutes) | sessions [30 minutes]
          active_days() | active_days []
          first(a order by b desc, c) filter (where x in (1, 2)) | first [a] order b desc, c filter x in (1, 2)
          latest(a /* , */, 3) -- end | latest [a, 3]
          """)
  void parts(String sql, String expected) {
    FunctionCall call = FunctionCall.read(Sql.at(sql)).orElseThrow();
    String parts =
        call.name()
            + (call.distinct() ? " distinct" : "")
            + (call.star() ? " *" : "")
            + " "
            + call.arguments()
            + call.orderBy().map(text -> " order " + text).orElse("")
            + call.filter().map(text -> " filter " + text).orElse("");
    assertThat(parts).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "sum(a) + 1",
        "sum(a) over ()",
        "-sum(a)",
        "(sum(a))",
        "sum(a",
        "sum(a) filter",
        "sum(a) filter (where)",
        "sum(a) filter (where b) over ()",
        "s.f(a)",
        "sum(a) as b"
      })
  void othersAreNoCall(String sql) {
    assertThat(FunctionCall.read(Sql.at(sql))).isEmpty();
  }

  @Test
  void partsHaveTheirPlaces() {
    Optional<FunctionCall> call =
        FunctionCall.read(
            new Located<>(
                "top('한글', amount, 3) filter (where\n x)",
                SourceSpan.at("profiles/p.yaml", 9, 12)));
    assertThat(call.orElseThrow().arguments())
        .extracting(Located::span)
        .containsExactly(
            new SourceSpan("profiles/p.yaml", 9, 16, 9, 20),
            new SourceSpan("profiles/p.yaml", 9, 22, 9, 28),
            new SourceSpan("profiles/p.yaml", 9, 30, 9, 31));
    assertThat(call.get().filter().orElseThrow().span())
        .isEqualTo(new SourceSpan("profiles/p.yaml", 10, 13, 10, 14));
  }
}
