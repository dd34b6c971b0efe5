package dev.kith.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.model.Located;
import dev.kith.model.SourceSpan;
import org.junit.jupiter.api.Test;

/** Where in the project's file a fault is said to be. */
final class PlacesTest {

  @Test
  void columnsAreCodePoints() {
    assertThat(span("select '한글😀é' as a, amout from orders"))
        .isEqualTo(new SourceSpan("tables/t.sql", 1, 21, 1, 26));
  }

  /** DuckDB shortens spaces that are not in ASCII, and counts from then on. */
  @Test
  void spacesOfUnicodeCountAsTheyAre() {
    String sql = "\ufeffselect\u00a0'a\u3000b' as a,\u3000\u3000amout -- \u3000\nfrom\u200borders";
    assertThat(span(sql)).isEqualTo(new SourceSpan("tables/t.sql", 1, 22, 1, 27));
    assertThat(Sql.valid(sql.replace("amout", "amount")).names()).containsExactly("a", "amount");
    assertThat(Sql.parsed(sql).sql()).isEqualTo(sql);
    assertThat(span("select\u3000id,, 2")).isEqualTo(new SourceSpan("tables/t.sql", 1, 11, 1, 12));
  }

  @Test
  void windowsLineEndsAreLineEnds() {
    assertThat(span("select id,\r\n  amout\r\nfrom orders")).isEqualTo(at(2, 3, 2, 8));
  }

  @Test
  void asOfBeforeTheFaultDoesNotMoveIt() {
    assertThat(span("select '한' as a from orders where ordered_at < :as_of and amout > 0"))
        .isEqualTo(new SourceSpan("tables/t.sql", 1, 59, 1, 64));
  }

  @Test
  void theTextMayStartInTheMiddleOfALineOfAFile() {
    Located<String> sql =
        new Located<>(
            " select id,\n  amout\nfrom orders", new SourceSpan("tables/t.sql", 7, 3, 9, 12));
    assertThat(Sql.faults(sql)).singleElement().extracting("span").isEqualTo(at(8, 3, 8, 8));
  }

  @Test
  void onItsFirstLineThatCounts() {
    Located<String> sql =
        new Located<>("select amout\nfrom orders", new SourceSpan("tables/t.sql", 7, 13, 8, 12));
    assertThat(Sql.faults(sql)).singleElement().extracting("span").isEqualTo(at(7, 20, 7, 25));
  }

  @Test
  void linesOfAYamlBlockAreIndentedAsItsFirst() {
    Located<String> sql =
        new Located<>("select id,\n  amout\nfrom orders", new SourceSpan("a.yaml", 5, 7, 8, 1));
    assertThat(Sql.faults(sql))
        .singleElement()
        .extracting("span")
        .isEqualTo(new SourceSpan("a.yaml", 6, 9, 6, 14));
  }

  @Test
  void ofAnOperatorItIsAllOfIt() {
    assertThat(span("select id, (id + 1) * 2 from orders"))
        .isEqualTo(new SourceSpan("tables/t.sql", 1, 12, 1, 24));
  }

  @Test
  void referencesHaveTheirs() {
    assertThat(Sql.parsed("select o.id\nfrom orders as o, sales.refunds").references())
        .extracting(Located::span)
        .containsExactly(at(2, 6, 2, 17), at(2, 19, 2, 32));
  }

  private static SourceSpan span(String sql) {
    return Sql.faults(sql).get(0).span();
  }

  private static SourceSpan at(int line, int column, int endLine, int endColumn) {
    return new SourceSpan("tables/t.sql", line, column, endLine, endColumn);
  }
}
