package dev.kith.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.model.Located;
import dev.kith.model.Problems;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ParsedQueryTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          select 1 as a | ''
          select a from t | t
          select a from T, Sales.Orders as o | t sales.orders
          with t as (select 1 as a) select a from t | ''
          with t as (select a from t) select a from t | t
          with t as (select a from u), v as (select a from t) select a from v, w | u w
          with t as (select a from v), v as (select a from x) select a from t | v x
          with T as (select 1 as a) select a from main_t, "t" | main_t
          select a from (with t as (select 1 as a) select a from t), t | t
          with t as (select 1 as a) select a from s.t | s.t
          select a from (with t as (select 1 as a) select a from (select a from t)) | ''
          with recursive t(n) as (select 1 union all select n + 1 from t, u) select n from t | u
          select a from t where exists (select 1 from u where u.a = t.a) | t u
          select (select max(a) from u) as m from t order by (select 1 from v) | u t v
          select a from t where a in (select b from u union all select b from v) | t u v
          select a from t join lateral (select b from u where u.a = t.a) as l on true | t u
          select a from t semi join u using (a) | t u
          from t select a | t
          select a from t, unnest(t.list) as l(x), range(3) as r | t
          select a from t union select a from u intersect select a from v | t u v
          with c as (select a from t) select a from c union all select a from u, c | t u
          pivot t on a in (1, 2) using sum(b) | t
          unpivot t on a, b into name n value v | t
          table t | t
          """)
  void referencesAreTablesAndNotNamesOfAWith(String sql, String expected) {
    assertThat(parsed(sql).references().stream().map(reference -> reference.value().toString()))
        .containsExactlyElementsOf(expected.isEmpty() ? List.of() : List.of(expected.split(" ")));
  }

  @Test
  void hiddenColumnsAreThoseNamedAnywhere() {
    String sql =
        "select _batch, o._ORIGIN as origin, * exclude (_x) from orders o join t using (_y)"
            + " where exists (select 1 from u where _ingested_at < :as_of) order by lower(_z)";
    assertThat(parsed(sql).namedHiddenColumns())
        .containsExactly("_batch", "_ingested_at", "_origin", "_x", "_y", "_z");
  }

  @Test
  void aStarSeesNoHiddenColumnButTheNamedOnes() {
    assertThat(Sql.valid("select * from orders").names()).doesNotContain("_batch", "_ingested_at");
    assertThat(Sql.valid("select * from orders where _batch = 'x'").names())
        .contains("_batch")
        .doesNotContain("_ingested_at");
  }

  @Test
  void rendersTheOriginalWithTheInstant() {
    ParsedQuery query =
        parsed("select ':as_of' as a, x::as_of -- :as_of\n from t where b < :as_of ; -- end");
    assertThat(query.usesAsOf()).isTrue();
    assertThat(query.render(Instant.parse("2024-03-31T01:30:00.123456Z")))
        .isEqualTo(
            "select ':as_of' as a, x::as_of -- :as_of\n from t where b <"
                + " TIMESTAMPTZ '2024-03-31 01:30:00.123456+00'");
    assertThat(query.render("p.at")).endsWith("where b < p.at");
  }

  @Test
  void withoutAsOfTheTextIsTheOriginal() {
    ParsedQuery query = parsed("/* x */ select a -- y\nfrom t\n");
    assertThat(query.usesAsOf()).isFalse();
    assertThat(query.render(Instant.EPOCH)).isEqualTo("/* x */ select a -- y\nfrom t");
    assertThat(query.sql()).isEqualTo("/* x */ select a -- y\nfrom t\n");
  }

  @Test
  void whatRendersRuns() {
    String sql = "select count(*) as n from orders where ordered_at < :as_of::timestamp -- x";
    Problems problems = new Problems();
    ParsedQuery query = parsed(sql);
    Located<String> rendered = Sql.at("select n from (" + query.render(Instant.EPOCH) + ")");
    assertThat(Sql.ANALYZER.validateQuery(rendered, Sql.SCHEMAS, problems))
        .as(problems.all().toString())
        .isPresent();
  }

  /** Parses only: the tables need not exist. */
  private static ParsedQuery parsed(String sql) {
    return Sql.parsed(sql);
  }
}
