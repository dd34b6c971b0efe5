package dev.kith.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.model.Problems;
import dev.kith.model.TableName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of the table a; b is another one. */
final class PartWiseTest {

  private static final TableName A = TableName.of("a");
  private static final Schemas SCHEMAS =
      Schemas.of(
          Map.of(
              A,
              Sql.table(
                  "id bigint, k integer, ts timestamptz, lt timestamp, d date, x integer,"
                      + " word varchar, list integer[]"),
              TableName.of("b"),
              Sql.table("k integer, y integer, x integer, ts timestamptz")));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          k | select k, x + 1 as y from a where x > 3 | k=input."k"
          k | select k, sum(x) as s from a group by k | k=input."k"
          k, y | select k, sum(x) as y from a group by k | k=input."k"
          p | select a.k as p, count(*) as n from a group by 1 | p=input."k"
          k | select k, x, count(distinct id) filter (where x > 1) as n, list(x order by ts) as l from a group by all | k=input."k"
          k, x | select k, x, count(*) as n from a group by all | k=input."k", x=input."x"
          k, x | select k, x, count(*) over (partition by k) as n from a | k=input."k"
          k | select k, sum(x) as s from a group by k having sum(x) > 3 and count(*) > 2 | k=input."k"
          k | select distinct k, x from a | k=input."k"
          k | select distinct on (k) k, x from a order by k, ts | k=input."k"
          k | select distinct on (1) k, x from a order by k, ts | k=input."k"
          k | select k, x from a qualify row_number() over (partition by k, x order by ts) = 1 | k=input."k"
          k | select k, row_number() over w as n, sum(x) over (partition by k) as s from a window w as (partition by k order by ts) | k=input."k"
          k | select k, sum(sum(x)) over (partition by k) as s from a group by k, x | k=input."k"
          day | select date_trunc('day', ts) as day, count(*) as n from a group by day | day=date_trunc('day', input."ts")
          day | select date_trunc('day', ts) as day, count(*) as n from a group by date_trunc('day', ts) | day=date_trunc('day', input."ts")
          day | select ts::date as day, count(*) as n from a group by all | day=CAST(input."ts" AS DATE)
          k, day | select k, cast(ts as date) as day, count(*) as n from a group by all | k=input."k", day=CAST(input."ts" AS DATE)
          month | with h as (select date_trunc('hour', lt) as h, x from a) select date_trunc('month', h)::date as month, sum(x) as s from h group by 1 | month=CAST(date_trunc('month', date_trunc('hour', input."lt")) AS DATE)
          m | select date_trunc('month', ts) as m, count(*) as n from (select ts from a group by ts) as t group by 1 | m=date_trunc('month', input."ts")
          k | with c as (select k, max(x) as m from a group by k) select k, m from c where m > 3 | k=input."k"
          k | with c(p, q) as (select k, max(x) from a group by k), d as (select p, q + 1 as r from c) select p as k, sum(r) as s from d group by p | k=input."k"
          k | select k, n from (select k, count(*) as n from a group by k union all select k, x from a) as u | k=input."k"
          k | select k, sum(n) as n from (select k, x as n from a union all select k, 1 as n from a where x > 2) as u group by k | k=input."k"
          k | select a.k, b.y, sum(a.x) as s from a join b on a.k = b.k group by a.k, b.y | k=input."k"
          k | select k, sum(y) as s from a left join b using (k) group by k | k=input."k"
          k | select k, sum(y) as s from a join (select k, max(y) as y from b group by k order by k limit 9) as m using (k) group by all | k=input."k"
          k | select a.k, count(*) as n from b right join a on a.k = b.k group by a.k | k=input."k"
          k | select a.k, count(*) as n from b join a on a.k = b.k group by a.k | k=input."k"
          k | select k, count(*) as n from a semi join b using (k) group by k | k=input."k"
          k | select k, count(*) as n from a anti join b on a.k = b.k group by k | k=input."k"
          k | select a.k, s.y, count(*) as n from a, lateral (select max(b.y) as y from b where b.k = a.k) as s group by all | k=input."k"
          k | select k, sum(x) as s from a where x > (select avg(b.x) from b) and k in (select k from b) group by k | k=input."k"
          k | select k, (select max(y) from b where b.k = a.k) as m, count(*) as n from a group by k | k=input."k"
          k | with recursive r as (select 1 as i union all select i + 1 from r where i < 3) select a.k, count(*) as n from a cross join r group by a.k | k=input."k"
          k | select k, max(i) as m from a, unnest(a.list) as l(i) group by k | k=input."k"
          k | select * from a qualify rank() over (partition by k order by ts) = 1 | k=input."k"
          k | select * exclude (x) from a join b using (k) qualify rank() over (partition by k order by a.ts) = 1 | k=input."k"
          """)
  void proven(String columns, String sql, String parts) {
    PartWiseProof proof = proof(sql, columns);
    assertThat(proof).isInstanceOf(PartWiseProof.Proven.class);
    assertThat(((PartWiseProof.Proven) proof).parts()).hasToString("{" + parts + "}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          k | select x, k from (select x, max(k) as k from a group by x) as t | 1 'k' is neither a column of 'a' as it is there nor such a time's day, month or the like
          k | select k + 1 as k, sum(x) as s from a group by 1 | 1 'k' is neither a column of 'a' as it is there nor such a time's day, month or the like
          k | select k, s from (select k, sum(x) over (partition by x) as s from a) as t | 29 a window function looks at other rows that differ in 'k'
          k | select k, sum(x) over (order by ts) as s from a | 11 a window function looks at other rows that differ in 'k'
          k | select k, sum(x) over (partition by k + 1) as s from a | 11 a window function looks at other rows that differ in 'k'
          k | select k, x, sum(x) over (partition by 1) as s from a | 14 a window function looks at other rows that differ in 'k'
          k | select k from a qualify row_number() over (partition by x) = 1 | 25 QUALIFY looks at other rows that differ in 'k'
          k | select k, x from a order by row_number() over (order by ts) | 29 a window function looks at other rows that differ in 'k'
          k | select distinct on (x) k, x from a | 21 DISTINCT compares rows that differ in 'k'
          k | select max(k) as k, count(*) as n from a | 1 'k' is neither a column of 'a' as it is there nor such a time's day, month or the like
          k | select k, sum(n) as s from (select k, count(*) as n from a group by k order by 2 limit 3) as t group by k | 36 LIMIT depends on other rows
          k | select k from a limit 3 | 8 LIMIT depends on other rows
          k | select k from a union select k from a | 8 all set operations but UNION ALL compare rows
          k | select k from a except all select k from b | 8 all set operations but UNION ALL compare rows
          k | select k from a union all select k from b | 34 no table is read here, so these rows would be added again
          k | select k, x from a union all select x, k from a | 1 'k' is neither a column of 'a' as it is there nor such a time's day, month or the like
          k | select p.k from a as p join a as q on p.k = q.k | 29 a join brings rows of 'a' together
          k | with c as (select k, count(*) as n from a group by k) select a.k, c.n from a join c on a.k = c.k | 83 a join brings rows of 'a' together
          k | select k, x from a where x > (select avg(a.x) from a) | 52 a subquery reads 'a'
          k | with c as (select max(x) as m from a) select k from a where x = (select m from c) | 80 a subquery reads 'c'
          k | select k, (select sum(a.x)) as s from a group by k | 19 an aggregate in a subquery may be one of the rows outside
          k | select a.k, count(*) as n from b left join a on a.k = b.k group by a.k | 44 this join is not known to be row by row
          k | select a.k, count(*) as n from a full join b on a.k = b.k group by a.k | 44 this join is not known to be row by row
          k | select a.k, b.y from a asof join b on a.ts >= b.ts and a.k = b.k | 34 this join is not known to be row by row
          k | select a.k from a positional join b | 35 this join is not known to be row by row
          k | select k, a.x from a natural join b | 35 this join is not known to be row by row
          k | select k, sum(x) as s from a group by rollup (k) | 47 GROUP BY with several sets brings rows together
          k | select k, sum(x) as s from a group by cube (k, x) | 45 GROUP BY with several sets brings rows together
          k | select b.k, count(*) as n from a join b on a.k = b.k group by b.k | 1 'k' is neither a column of 'a' as it is there nor such a time's day, month or the like
          k | select k, count(*) as n from b join a using (k) group by k | 1 'k' is neither a column of 'a' as it is there nor such a time's day, month or the like
          k | select x as k, count(*) as n from a group by x | 1 ok
          k | select x as k, sum(k) over (partition by k) as n from a | 16 a window function looks at other rows that differ in 'k'
          day | select ts::date as day, sum(x) over (partition by date_trunc('day', ts)) as s from a | 25 a window function looks at other rows that differ in 'day'
          day | select date_trunc('week', ts) as day, count(*) as n from a group by 1 | 1 'day' is neither a column of 'a' as it is there nor such a time's day, month or the like
          day | select word::date as day, count(*) as n from a group by 1 | 1 'day' is neither a column of 'a' as it is there nor such a time's day, month or the like
          k | select k, sum(x) as s from a where ts < :as_of group by k | 41 :as_of changes from run to run
          k | select k, y from b | 1 'a' is not read
          k | pivot (select k, x, id from a) on x in (1, 2) using sum(id) group by k | 7 'pivot' is not known to be row by row
          k | with recursive r as (select k from a union all select k + 1 from r where k < 3) select k from r | 29 a recursive query looks at other rows
          """)
  void refused(String columns, String sql, String expected) {
    PartWiseProof proof = proof(sql, columns);
    String told =
        proof instanceof PartWiseProof.Refused refused
            ? refused.span().column() + " " + refused.reason()
            : "1 ok";
    assertThat(told).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          day | select date_trunc('day', ts) as day, count(*) as n from a group by 1 | ts day
          month | select date_trunc('day', ts) as day, count(*) as n from a group by 1 | ts day
          hour | select date_trunc('day', ts) as day, count(*) as n from a group by 1 | : 'day' is known to the day only, which is longer than the hour of the mode
          day | select d as day, count(*) as n from a group by 1 | d
          hour | select d as day, count(*) as n from a group by 1 | : 'day' is neither a column of 'a' as it is there nor such a time's day, month or the like
          month | select day, sum(n) over (partition by date_trunc('month', day) order by day) as s from (select date_trunc('day', ts) as day, count(*) as n from a group by 1) as t | ts day
          day | select day, sum(n) over (partition by date_trunc('month', day) order by day) as s from (select date_trunc('day', ts) as day, count(*) as n from a group by 1) as t | : a window function looks at other rows that differ in 'day'
          day | select ts as day, k, count(*) over (partition by ts::date) as n from a | ts
          year | select lt as day, k, count(*) over (partition by date_trunc('quarter', lt)) as n from a | lt
          day | select ts as day, count(*) over (partition by lt::date) as n from a | : a window function looks at other rows that differ in 'day'
          day | select ts::date as day, k, count(*) as n from a group by all | ts day
          day | select k as day, count(*) as n from a group by all | : 'day' is neither a column of 'a' as it is there nor such a time's day, month or the like
          """)
  void periods(String period, String sql, String expected) {
    validate(sql);
    PartWiseProof proof =
        Sql.ANALYZER.periodWise(
            Sql.parsed(sql),
            SCHEMAS,
            A,
            "day",
            TruncatedTo.valueOf(period.toUpperCase(Locale.ROOT)));
    assertThat(described(proof)).isEqualTo(expected);
  }

  private static String described(PartWiseProof proof) {
    if (proof instanceof PartWiseProof.Refused refused) {
      return ": " + refused.reason();
    }
    InputPart part = ((PartWiseProof.Proven) proof).parts().values().iterator().next();
    Optional<TruncatedTo> unit = part.unit();
    return part.inputColumn() + unit.map(u -> " " + u.name().toLowerCase(Locale.ROOT)).orElse("");
  }

  @Test
  void theOrderOfColumnsAskedForIsKept() {
    PartWiseProof.Proven proven =
        (PartWiseProof.Proven) proof("select k, x, count(*) as n from a group by all", "x, k");
    assertThat(new LinkedHashMap<>(proven.parts()).keySet()).containsExactly("x", "k");
  }

  private static PartWiseProof proof(String sql, String columns) {
    validate(sql);
    return Sql.ANALYZER.partWise(Sql.parsed(sql), SCHEMAS, A, List.of(columns.split(", ")));
  }

  private static void validate(String sql) {
    Problems problems = new Problems();
    assertThat(Sql.ANALYZER.validateQuery(Sql.at(sql), SCHEMAS, problems))
        .as(problems.all().toString())
        .isPresent();
  }
}
