package dev.kith.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlainStarsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          select *, _batch from orders | 8
          select o.*, _batch from orders o | 8
          select *, /* ½ */ o.*, _batch as b from "orders" as "o" -- * | 15
          select *, _batch, _ingested_at from orders | 9
          select * from orders where _batch is null | 7
          select *, _batch from orders join customers c on c.id = customer_id | 15
          select c.*, _batch from orders join customers c using (id) | 8
          with x as (select *, _batch from orders) select * from x | 8
          select * from (select *, _batch from orders) join orders using (id) | 14
          select *, 2 * 3 as six, _batch from orders where (select count(*) from orders) > 0 | 9
          select *, _batch from orders union all select *, null from orders | 8
          select * exclude (_batch), _batch from orders | 8
          select * from orders | 7
          """)
  void starsStandForWhatIsNotHidden(String sql, int columns) {
    String plain = PlainStars.in(Sql.parsed(sql, Purpose.QUESTION), Sql.SCHEMAS);

    assertThat(Sql.lineage(plain).columns()).as(plain).hasSize(columns);
  }

  @Test
  void aTextWithoutHiddenColumnsStays() {
    String sql = "select * from orders -- all";

    assertThat(PlainStars.in(Sql.parsed(sql, Purpose.QUESTION), Sql.SCHEMAS)).isEqualTo(sql);
  }
}
