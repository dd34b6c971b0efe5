package dev.kith.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.model.Problems;
import dev.kith.model.TableName;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Over the tables a and b, which both have: id, ts, x, list, s(f, ts). */
final class RowWiseTest {

  private static final Schemas SCHEMAS =
      Schemas.of(
          Map.of(
              TableName.of("a"),
              Sql.table(
                  "id bigint, ts timestamptz, x integer, list integer[],"
                      + " s struct(f integer, ts timestamptz), _batch varchar"),
              TableName.of("b"),
              Sql.table(
                  "id bigint, ts timestamptz, x integer, list integer[],"
                      + " s struct(f integer, ts timestamptz)")));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          select id, ts from a | {a={id=id, ts=ts}}
          select id as k, ts as t, x + 1 as y from a where x > 3 | {a={k=id, t=ts}}
          select a.id, a.ts from a order by a.id | {a={id=id, ts=ts}}
          select * from a | {a={id=id, list=list, s=s, ts=ts, x=x}}
          select _batch as batch from a | {a={batch=_batch}}
          select * exclude (s, list) replace (x + 1 as x) rename (ts as t) from a | {a={id=id, t=ts}}
          select * replace (id as x) from a | {a={id=id, list=list, s=s, ts=ts, x=id}}
          select t.k, t.u as ts from a as t(k, u) | {a={k=id, ts=ts}}
          select c.ts from (select id, ts from a where x > 0) as c | {a={ts=ts}}
          with c as (select x, ts from a), d as (select ts as t from c) select t from d | {a={t=ts}}
          with c(p, q) as (select id, ts from a) select q, p from c | {a={p=id, q=ts}}
          with a as (select ts, id from b) select * from a | {b={id=id, ts=ts}}
          select id, ts from a union all select id, ts from b | {a={id=id, ts=ts}, b={id=id, ts=ts}}
          select id, ts from a union all select x, ts from a | {a={ts=ts}}
          select id, ts from a union all select x, ts from b | {a={id=id, ts=ts}, b={id=x, ts=ts}}
          select id, ts from a union all by name select ts, x from b | {a={id=id, ts=ts}, b={ts=ts, x=x}}
          select id, ts, unnest(list) as item from a | {a={id=id, ts=ts}}
          select a.id, a.ts, l.item from a, unnest(a.list) as l(item) | {a={id=id, ts=ts}}
          select * from a, unnest(a.list) as l(item) | {a={id=id, list=list, s=s, ts=ts, x=x}}
          select a.id, g.n from a cross join generate_series(1, a.x) as g(n) | {a={id=id}}
          select a.id, v.n from a left join (values (1), (2)) as v(n) on v.n = a.x | {a={id=id}}
          select id, list_transform(list, lambda i: i + x) as y from a | {a={id=id}}
          select id, (select max(i) from unnest(list) as l(i)) as y from a | {a={id=id}}
          select id from a where exists (select 1 from unnest(list) as l(i) where i > x) | {a={id=id}}
          select s.ts as t, s.f, ts from a | {a={ts=ts}}
          select a.s.ts as t from a | {a={}}
          select id, x as id2, id2 + 1 as y, case when x in (1, 2) then 'p' else 'q' end as z from a | {a={id=id, id2=x}}
          select id, coalesce(x, 0) as x, x::varchar as y, ts is null as z from a | {a={id=id}}
          select columns('i.*') from a | {a={}}
          select id, list_sum(list) as y, error('x') as z, nullif(x, 0) as w, md5('x') as v from a | {a={id=id}}
          """)
  void proven(String sql, String passThrough) {
    RowWiseProof proof = proof(sql);
    assertThat(proof).isInstanceOf(RowWiseProof.Proven.class);
    Map<String, Map<String, String>> sorted = new TreeMap<>();
    ((RowWiseProof.Proven) proof)
        .passThrough()
        .forEach((table, columns) -> sorted.put(table.toString(), new TreeMap<>(columns)));
    assertThat(sorted).hasToString(passThrough);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          select sum(x) as y from a | 8 'sum' brings rows together
          select count(*) as y from a | 8 'count_star' brings rows together
          select geomean(x) as y from a | 8 'geomean' brings rows together
          select x, count(*) as n from a group by x | 41 GROUP BY brings rows together
          select x from a group by all | 8 GROUP BY ALL brings rows together
          select id, row_number() over (order by ts) as n from a | 12 a window function looks at other rows
          select id, lag(ts) over (order by ts) as p from a | 12 a window function looks at other rows
          select id from a qualify row_number() over (order by ts) = 1 | 26 QUALIFY looks at other rows
          select distinct x from a | 17 DISTINCT compares rows
          select distinct on (x) x, id from a | 21 DISTINCT compares rows
          select id from a limit 3 | 8 LIMIT depends on other rows
          select id from a order by id limit 10 percent | 8 LIMIT depends on other rows
          select id from a order by id offset 3 | 8 LIMIT depends on other rows
          select a.id from a join b on a.id = b.id | 25 a join brings rows of 'a' and 'b' together
          select a.id from a, b | 21 a join brings rows of 'a' and 'b' together
          select id from a semi join b using (id) | 28 a join brings rows of 'a' and 'b' together
          select a.id from (values (1)) as v(n) left join a on a.x = v.n | 49 this join is not known to be row by row
          select a.id from a full join (values (1)) as v(n) on a.x = v.n | 30 this join is not known to be row by row
          select id, ts from a union select id, ts from b | 8 all set operations but UNION ALL compare rows
          select id, ts from a except all select id, ts from b | 8 all set operations but UNION ALL compare rows
          select id from a union all select 1 | 35 no table is read here, so these rows would be added again
          select 1 as x | 1 no table is read
          select id from a where x > (select avg(x) from a) | 48 a subquery reads 'a'
          with c as (select avg(x) as m from a) select id from a where x > (select m from c) | 81 a subquery reads 'c'
          select id from a where exists (select 1 from b where b.id = a.id) | 46 a subquery reads 'b'
          select id from a where ts < :as_of | 29 :as_of changes from run to run
          select c.n from (select count(*) as n from a) as c | 25 'count_star' brings rows together
          with c as (select distinct x from a) select x from c | 28 DISTINCT compares rows
          pivot a on x in (1, 2) using sum(id) | 7 'pivot' is not known to be row by row
          with recursive c as (select x from a union all select x + 1 from c where x < 3) select x from c | 29 a recursive query looks at other rows
          select id from a order by row_number() over (order by ts) | 27 a window function looks at other rows
          select (select sum(a.x)) as y from a | 16 an aggregate in a subquery may be one of the rows outside
          select id from a where x in (select x from b) | 44 a subquery reads 'b'
          """)
  void refused(String sql, String expected) {
    RowWiseProof proof = proof(sql);
    assertThat(proof).isInstanceOf(RowWiseProof.Refused.class);
    RowWiseProof.Refused refused = (RowWiseProof.Refused) proof;
    assertThat(refused.span().column() + " " + refused.reason()).isEqualTo(expected);
  }

  @Test
  void columnsOfAnUnnestedStructMayHideOthers() {
    assertThat(proof("select c.id, c.ts from (select unnest(s), id, ts from a) as c"))
        .isEqualTo(
            new RowWiseProof.Proven(
                List.of(TableName.of("a")), Map.of(TableName.of("a"), Map.of())));
  }

  @Test
  void inputColumnIgnoresCase() {
    RowWiseProof.Proven proven = (RowWiseProof.Proven) proof("select TS as \"Ts\" from A");
    assertThat(proven.inputColumn(TableName.of("a"), "ts")).contains("ts");
    assertThat(proven.inputColumn(TableName.of("a"), "id")).isEmpty();
    assertThat(proven.inputColumn(TableName.of("b"), "ts")).isEmpty();
  }

  private static RowWiseProof proof(String sql) {
    Problems problems = new Problems();
    ParsedQuery query = Sql.parsed(sql);
    assertThat(Sql.ANALYZER.validateQuery(Sql.at(sql), SCHEMAS, problems))
        .as(problems.all().toString())
        .isPresent();
    return Sql.ANALYZER.rowWise(query, SCHEMAS);
  }
}
