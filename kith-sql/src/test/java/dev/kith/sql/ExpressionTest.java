package dev.kith.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.model.Located;
import dev.kith.model.Problems;
import dev.kith.model.SourceSpan;
import dev.kith.model.TableName;
import dev.kith.model.type.DataType;
import dev.kith.model.type.TableSchema;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ExpressionTest {

  private static final TableSchema ORDERS =
      Sql.SCHEMAS.schema(TableName.of("orders")).orElseThrow();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          amount | DECIMAL(18,2)
          amount / nullif(id, 0) | DOUBLE
          date_diff('day', ordered_at, :as_of::timestamp) | BIGINT
          sum(amount) | DECIMAL(38,2)
          sum(id) | DECIMAL(38,0)
          count(distinct status) filter (where amount > 0) | BIGINT
          any_value(items)[1].sku | VARCHAR
          items[1].price | DOUBLE
          status in ('a', 'b') | BOOLEAN
          _batch | VARCHAR
          list_transform(items, lambda i: i.qty) | INTEGER[]
          case when id > 1 then 1 else 2.5 end -- x | DECIMAL(11,1)
          row_number() over (order by id) | BIGINT
          """)
  void hasAType(String sql, String type) {
    Problems problems = new Problems();
    Optional<DataType> found = Sql.ANALYZER.expressionType(expression(sql), ORDERS, problems);
    assertThat(found.map(DataType::sql)).as(problems.all().toString()).contains(type);
  }

  @Test
  void whatItNamesAndCalls() {
    ParsedExpression expression =
        expression(" list_transform(items, lambda i: i.qty + ID) -- and so on\n");
    assertThat(expression.columns()).extracting(Located::value).containsExactly("items", "ID");
    assertThat(expression.columns())
        .extracting(Located::span)
        .containsExactly(
            new SourceSpan("profiles/p.yaml", 3, 36, 3, 41),
            new SourceSpan("profiles/p.yaml", 3, 61, 3, 63));
    assertThat(expression.functions()).containsExactlyInAnyOrder("list_transform", "+");
    assertThat(expression.sql()).isEqualTo("list_transform(items, lambda i: i.qty + ID)");
    assertThat(expression.containsAggregate()).isFalse();
    assertThat(expression.containsWindow()).isFalse();
    assertThat(expression.containsSubquery()).isFalse();
  }

  @Test
  void aggregatesWindowsAndSubqueriesAreTold() {
    assertThat(expression("1 + max(id)").containsAggregate()).isTrue();
    assertThat(expression("geomean(id)").containsAggregate()).isTrue();
    assertThat(expression("sum(id) over ()").containsAggregate()).isFalse();
    assertThat(expression("sum(id) over ()").containsWindow()).isTrue();
    assertThat(expression("(select max(x) from unnest(items) as t(x))").containsSubquery())
        .isTrue();
  }

  @Test
  void asOfIsRendered() {
    ParsedExpression expression = expression("id > 1 and ordered_at < :as_of");
    assertThat(expression.usesAsOf()).isTrue();
    assertThat(expression.sql()).isEqualTo("id > 1 and ordered_at < :as_of");
    assertThat(expression.render(Instant.EPOCH))
        .isEqualTo("id > 1 and ordered_at < TIMESTAMPTZ '1970-01-01 00:00:00.000000+00'");
  }

  @Test
  void canonicalIgnoresLayout() {
    assertThat(expression("SUM( amount )").canonical())
        .isEqualTo(expression("sum(amount)").canonical());
    assertThat(expression("sum(amount)").canonical())
        .isNotEqualTo(expression("sum(id)").canonical());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          '' | 20 S023 there is no expression
          -- x | 20 S023 there is no expression
          id, amount | 20 S023 this is more than one expression
          id from orders | 20 S023 this is more than one expression
          id where id > 1 | 20 S023 this is more than one expression
          id as x | 20 S023 an expression has no alias here
          id; | 22 S023 a semicolon ends no expression
          * | 20 S023 a star is no expression
          (select max(id) from orders) | 41 S023 an expression reads no tables
          id + | 23 S001 syntax error at or near '+'
          id) | 22 S001 syntax error at or near ')'
          now() | 20 S004 'now' reads the clock
          id > random() | 25 S005 'random' gives another result each time, or changes the session
          id = :foo | 25 S009 ':foo' is no parameter
          """)
  void whatIsNoExpressionIsRefused(String sql, String expected) {
    Problems problems = new Problems();
    assertThat(Sql.ANALYZER.parseExpression(at(sql), problems)).isEmpty();
    assertThat(problems.all())
        .extracting(p -> p.span().column() + " " + p.code().id() + " " + p.message())
        .containsExactly(expected);
  }

  @Test
  void faultsAreFoundAmongManyAndTheRestIsKnown() {
    List<ParsedExpression> expressions = new ArrayList<>();
    for (String sql : List.of("id + 1", "amout", "sum(amount)", "sum(id)", "sum(status)", "null")) {
      expressions.add(expression(sql));
    }
    Problems problems = new Problems();
    List<Optional<DataType>> types = Sql.ANALYZER.expressionTypes(expressions, ORDERS, problems);
    assertThat(types.stream().map(type -> type.map(DataType::sql).orElse("-")))
        .containsExactly("BIGINT", "-", "DECIMAL(38,2)", "DECIMAL(38,0)", "-", "-");
    assertThat(problems.all())
        .extracting(p -> p.span().column() + " " + p.code().id())
        .containsExactlyInAnyOrder("20 S012", "20 S015", "20 S021");
  }

  @Test
  void noneIsNone() {
    assertThat(Sql.ANALYZER.expressionTypes(List.of(), ORDERS, new Problems())).isEmpty();
  }

  /** Tables of earlier validations are no part of an expression's world. */
  @Test
  void anExpressionSeesItsTableOnly() {
    Sql.valid("select id from customers");
    Problems problems = new Problems();
    assertThat(Sql.ANALYZER.expressionType(expression("customers.id"), ORDERS, problems)).isEmpty();
    assertThat(problems.all()).extracting(p -> p.code()).containsExactly(SqlCode.UNKNOWN_TABLE);
  }

  private static ParsedExpression expression(String sql) {
    Problems problems = new Problems();
    return Sql.ANALYZER
        .parseExpression(at(sql), problems)
        .orElseThrow(() -> new AssertionError(sql + "\n" + problems.all()));
  }

  private static Located<String> at(String sql) {
    return new Located<>(sql, SourceSpan.at("profiles/p.yaml", 3, 20));
  }
}
