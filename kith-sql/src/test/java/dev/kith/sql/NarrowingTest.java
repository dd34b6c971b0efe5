package dev.kith.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Queries that differ in what some of their columns do not depend on, and in what they do. */
final class NarrowingTest {

  private static final Instant AS_OF = Instant.parse("2024-02-05T00:00:00Z");

  /** Columns, then two queries that are the same in them. */
  private static final List<String> SAME =
      List.of(
          "id | select id, status from orders | select id, upper(status) as status from orders",
          "id | select id from orders | select id, amount * 2 as double, status from orders",
          "id,n | select id, 1 as n from orders where id > 3 | select 2 as o, id, 1 as n from orders"
              + " where id > 3",
          "status,n | select status, count(*) as n from orders group by status"
              + " | select status, count(*) as n, sum(amount) as s from orders group by 1",
          "n | select count(*) as n, max(id) as m from orders"
              + " | select min(id) as m, count(*) as n from orders",
          "n | select status, count(*) as n from orders group by all"
              + " | select status, count(*) as n, sum(amount) as s from orders group by all",
          "id,name | select o.id, c.name from orders o join customers c on o.customer_id = c.id"
              + " | select o.id, c.name, c.country from orders o join customers c"
              + " on o.customer_id = c.id",
          "id | select id, row_number() over (order by id) as r from orders | select id from orders",
          "id,status | select * from orders | select *, amount + 1 as more from orders",
          "id | select * from orders order by id | select * from orders",
          "id | with o as (select * from orders) select id from o"
              + " | with o as (select *, amount + 1 as more from orders) select id, more from o",
          "id,s | with o as (select id, upper(status) as s from orders), f as (select id, s from o)"
              + " select * from f | with o as (select id, upper(status) as s, lower(status) as l"
              + " from orders), f as (select id, s, l from o) select * from f",
          "k,n | with o as (select id as k, status from orders) select k, count(*) as n from o"
              + " group by k | with o as (select status || 'x' as y, id as k, status from orders)"
              + " select k, max(y) as y, count(*) as n from o group by k",
          "id | select id from orders where status is not null qualify rank() over (order by"
              + " amount) < 3 | select id, amount as a from orders where status is not null"
              + " qualify rank() over (order by amount) < 3");

  @Test
  void whatColumnsDoNotDependOnIsLeftOut() throws SQLException {
    long seed = new Random().nextLong();
    try (RandomTables tables = new RandomTables(new Random(seed))) {
      for (String line : SAME) {
        String[] parts = line.split("\\|(?!\\|)(?<!\\|\\|)", 3);
        List<String> columns = List.of(parts[0].strip().split(",", -1));
        assertThat(narrowed(parts[1], columns)).as(line).isEqualTo(narrowed(parts[2], columns));
        assertThat(narrowed(parts[1], columns).stable()).as(line).isTrue();
        assertThat(rows(tables, parts[1], columns))
            .as("seed %d, %s", seed, line)
            .isEqualTo(rows(tables, parts[2], columns));
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          id       | select id from orders                            | select id from orders where id > 1
          id       | select id from orders                            | select distinct id from orders
          id       | select distinct id from orders                   | select distinct id, status from orders
          id       | select id from orders                            | select id, unnest(items) as i from orders
          id       | select id from orders                            | select id from orders o join events e using (id)
          status   | select status from orders group by all           | select status, id from orders group by all
          status   | select status, id from orders group by 1, 2      | select status, amount from orders group by 1, 2
          n        | select 1 as n from orders                        | select 1 as n, count(*) as c from orders
          n        | select id + 1 as x, x * 2 as n from orders       | select id + 2 as x, x * 2 as n from orders
          id       | select id, amount > 1 as big from orders where big | select id, amount > 2 as big from orders where big
          id       | select id from orders union all select id from events | select id from orders union select id from events
          id       | with o as (select id from orders where id > 1) select id from o | with o as (select id from orders) select id from o
          id       | with o as (select id, 1 as k from orders) select * from o join events using (id) | with o as (select id, 2 as k from orders) select * from o join events using (id)
          id       | with o as (select id, 1 as user_id from orders) select o.id from o natural join events | with o as (select id, 2 as user_id from orders) select o.id from o natural join events
          id       | with o as (select id, 1 as k from orders) select id, o from o where o.k = 1 | with o as (select id, 2 as k from orders) select id, o from o where o.k = 1
          id       | with o as (select id, 1 as k from orders) select id from events where exists (select * from o where k = 1) | with o as (select id, 2 as k from orders) select id from events where exists (select * from o where k = 1)
          """)
  void whatTheyDependOnStays(String columns, String one, String other) {
    List<String> names = List.of(columns.split(",", -1));
    assertThat(narrowed(one, names)).isNotEqualTo(narrowed(other, names));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          select id from orders limit 3
          select id from orders order by id limit 3
          select distinct on (status) id, status from orders
          select id, row_number() over (order by amount) as x from orders
          select id, sum(amount) over (order by id rows between 1 preceding and current row) as x from orders
          select status, any_value(id) as id from orders group by 1
          select status, list(id) as id from orders group by 1
          select status, max(id, 2) as id from orders group by 1
          select o.id from orders o asof join events e on o.ordered_at >= e.ts
          select id from (select id from orders limit 2)
          select id from orders where id in (select first(id) from events)
          select id from orders qualify row_number() over (partition by status order by id) = 1
          """)
  void rowsThatMayBeOthersNextTimeAreNotStable(String sql) {
    assertThat(narrowed(sql, List.of("id", "x")).stable()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          select id, status from orders                                       | false
          select * from orders                                                | false
          with o as (select * from orders) select id from o                   | false
          select * from orders o join events e using (id)                     | true
          select id from (select * from orders union all select * from orders) | true
          select #1 as id from orders                                         | true
          select a as id from orders as o(a)                                  | true
          """)
  void readingOtherwiseThanByNameIsTold(String sql, boolean positional) {
    assertThat(narrowed(sql, List.of("id")).positional()).isEqualTo(positional);
  }

  private static NarrowedQuery narrowed(String sql, List<String> columns) {
    return Sql.ANALYZER.narrowed(Sql.parsed(sql, Purpose.QUESTION), columns);
  }

  /** Sorted, since tables have no order. */
  private static List<String> rows(RandomTables tables, String sql, List<String> names)
      throws SQLException {
    String query = Sql.parsed(sql, Purpose.QUESTION).render(AS_OF);
    List<List<String>> columns =
        tables.columns("SELECT " + String.join(", ", names) + " FROM (" + query + ")");
    int count = columns.isEmpty() ? 0 : columns.get(0).size();
    List<String> rows = new ArrayList<>();
    IntStream.range(0, count)
        .forEach(
            row ->
                rows.add(
                    columns.stream()
                        .map(column -> column.get(row))
                        .collect(Collectors.joining(" | "))));
    Collections.sort(rows);
    return rows;
  }
}
