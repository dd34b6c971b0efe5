package dev.kith.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.model.Problems;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What queries' columns come from, against what was written by hand. */
final class LineageTest {

  private static final Map<Influence, String> WRITTEN =
      Map.of(
          Influence.TRANSFORMATION, "f",
          Influence.AGGREGATION, "agg",
          Influence.CONDITIONAL, "case",
          Influence.WINDOW, "window",
          Influence.FILTER, "filter",
          Influence.JOIN, "join",
          Influence.GROUP_BY, "group",
          Influence.SORT, "sort");

  static List<Cases.Case> corpus() throws IOException {
    return Cases.read(Path.of("fixtures/valid/lineage.sql")).all();
  }

  @Test
  void theCorpusIsLarge() throws IOException {
    assertThat(corpus()).hasSizeGreaterThan(100);
  }

  @ParameterizedTest
  @MethodSource("corpus")
  void everyColumnComesFromWhereItWasSaidTo(Cases.Case query) {
    ColumnLineage lineage = Sql.lineage(query.sql());
    List<String> actual = new ArrayList<>();
    lineage
        .columns()
        .forEach(column -> actual.add(column.name() + " = " + written(column.derivation())));
    actual.add("rows: " + written(lineage.rows()));
    assertThat(actual).as(query.head()).isEqualTo(sorted(query.expected()));
    assertThat(lineage.unclear()).isEmpty();
  }

  /** The order within a line is not what is tested. */
  private static List<String> sorted(List<String> expected) {
    return expected.stream()
        .map(
            line -> {
              int start = line.startsWith("rows:") ? 6 : line.indexOf(" = ") + 3;
              return line.substring(0, start)
                  + java.util.Arrays.stream(line.substring(start).split(", (?![^(]*\\))"))
                      .sorted()
                      .collect(Collectors.joining(", "));
            })
        .toList();
  }

  static String written(Derivation derivation) {
    Map<Influence, List<String>> byInfluence = new LinkedHashMap<>();
    derivation
        .dependencies()
        .forEach(
            each ->
                byInfluence
                    .computeIfAbsent(each.influence(), i -> new ArrayList<>())
                    .add(each.origin().toString()));
    List<String> parts = new ArrayList<>();
    byInfluence.forEach(
        (influence, origins) -> {
          if (influence == Influence.IDENTITY) {
            parts.addAll(origins);
          } else {
            parts.add(WRITTEN.get(influence) + "(" + String.join(", ", origins) + ")");
          }
        });
    return parts.isEmpty() ? "-" : parts.stream().sorted().collect(Collectors.joining(", "));
  }

  @Test
  void whatPeopleWriteIsFollowedCompletely() throws IOException {
    StringBuilder actual = new StringBuilder();
    for (Cases.Case c : Cases.read(Path.of("fixtures/valid/portable-corpus.sql")).all()) {
      ColumnLineage lineage = Sql.lineage(c.sql());
      assertThat(lineage.unclear()).as(c.head()).isEmpty();
      actual.append(c.head()).append('\n');
      lineage
          .columns()
          .forEach(
              column ->
                  actual
                      .append("  ")
                      .append(column.name())
                      .append(" = ")
                      .append(written(column.derivation()))
                      .append('\n'));
      actual.append("  rows: ").append(written(lineage.rows())).append('\n');
    }
    Golden.check(Path.of("fixtures/valid/portable-lineage.txt"), actual.toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          select amount as a from orders |
          select amount + 1 as a from orders | a: amount + 1
          select (amount + id) * 2 as a from orders | a: (amount + id) * 2
          select case when id > 2 then amount end as a from orders | a: case when id > 2 then amount end
          select sum( amount ) filter (where status = 'x') as a from orders | a: sum( amount ) filter (where status = 'x')
          select t.b * 2 as a from (select sum(amount) as b from orders) t | a: t.b * 2, b: sum(amount)
          with x as (select amount::double as d from orders), y as (select d as e from x) select e as f from y | d: amount::double
          select amount::varchar as a from orders | a: amount::varchar
          select cast(amount as varchar) as a from orders | a: cast(amount as varchar)
          select row_number() over (partition by id order by amount) as a from orders | a: row_number() over (partition by id order by amount)
          select c.address.city as a from customers c | a: c.address.city
          select (select max(id) from events) as a from orders | a: (select max(id) from events)
          select amount between 1 and 2 as a from orders | a: amount between 1 and 2
          select status in ('a', 'b') as a from orders | a: status in ('a', 'b')
          select not (id > 3) as a from orders | a: not (id > 3)
          select [id, 1] as a from orders | a: [id, 1]
          select status is null as a from orders | a: status is null
          select amount /* net */ + 1 as a from orders | a: amount + 1
          """)
  void theExpressionsBetweenAreTold(String sql, String expected) {
    String steps =
        Sql.lineage(sql).columns().get(0).derivation().steps().stream()
            .map(step -> step.column() + ": " + step.expression())
            .collect(Collectors.joining(", "));
    assertThat(steps).isEqualTo(expected == null ? "" : expected);
  }

  @Test
  void aFaultIsTold() {
    Problems problems = new Problems();
    assertThat(
            Sql.ANALYZER.lineage(Sql.parsed("select nothing from orders"), Sql.SCHEMAS, problems))
        .isEmpty();
    assertThat(problems.hasErrors()).isTrue();
  }
}
