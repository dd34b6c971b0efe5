package dev.kith.run.lineage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.model.TableColumn;
import dev.kith.model.TableName;
import dev.kith.model.type.Column;
import dev.kith.model.type.DataType.Primitive;
import dev.kith.model.type.TableSchema;
import dev.kith.run.lineage.TableLineage.Kind;
import dev.kith.sql.ColumnLineage;
import dev.kith.sql.Dependency;
import dev.kith.sql.Derivation;
import dev.kith.sql.Influence;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Three tables: orders, big orders (amount doubled, chosen by quantity), and their sum by customer.
 */
class LineageGraphTest {

  private static final TableName ORDERS = TableName.of("orders");
  private static final TableName BIG = TableName.of("big");
  private static final TableName SPEND = TableName.parse("sales.spend");

  private final LineageGraph graph =
      new LineageGraph(
          List.of(
              table(ORDERS, Kind.SOURCE, List.of("customer", "quantity", "amount"), Set.of()),
              table(
                  BIG,
                  Kind.TABLE,
                  List.of("customer", "doubled"),
                  Set.of(ORDERS),
                  on(ORDERS, "quantity", Influence.FILTER),
                  on(ORDERS, "customer", Influence.IDENTITY),
                  on(ORDERS, "amount", Influence.TRANSFORMATION)),
              table(
                  SPEND,
                  Kind.PROFILE,
                  List.of("customer", "total"),
                  Set.of(BIG),
                  on(BIG, "customer", Influence.GROUP_BY),
                  on(BIG, "customer", Influence.IDENTITY),
                  on(BIG, "doubled", Influence.AGGREGATION))));

  @Test
  void aColumnComesFromWhatItsDerivationNames() {
    assertThat(graph.origins(column(BIG, "DOUBLED")))
        .containsExactly(link(ORDERS, "amount", column(BIG, "DOUBLED"), Influence.TRANSFORMATION));
    assertThat(graph.origins(column(ORDERS, "amount"))).isEmpty();
    assertThat(graph.origins(column(BIG, "nothing"))).isEmpty();
    assertThat(graph.origins(column(TableName.of("nowhere"), "x"))).isEmpty();
  }

  @Test
  void severalInfluencesOfOneColumnAreOneLink() {
    LineageGraph ranked =
        new LineageGraph(
            List.of(
                table(
                    BIG,
                    Kind.TABLE,
                    List.of("rank"),
                    Set.of(ORDERS),
                    Derivation.NONE,
                    Derivation.all(
                        Stream.of(
                            on(ORDERS, "amount", Influence.WINDOW),
                            on(ORDERS, "amount", Influence.TRANSFORMATION))))));

    assertThat(ranked.origins(column(BIG, "rank")))
        .singleElement()
        .satisfies(
            link -> {
              assertThat(link.influences())
                  .containsExactly(Influence.TRANSFORMATION, Influence.WINDOW);
              assertThat(link.isDirect()).isTrue();
            });
  }

  @Test
  void whatDecidesAboutRowsIsNoOriginOfAColumnButOfAll() {
    assertThat(graph.rowOrigins(BIG))
        .containsExactly(link(ORDERS, "quantity", column(BIG, Link.ALL_COLUMNS), Influence.FILTER));
    assertThat(graph.rowUses(column(ORDERS, "quantity"))).isEqualTo(graph.rowOrigins(BIG));
    assertThat(graph.uses(column(ORDERS, "quantity"))).isEmpty();
    assertThat(graph.rowUses(column(ORDERS, "amount"))).isEmpty();
  }

  @Test
  void usesAreOriginsTheOtherWayRound() {
    assertThat(graph.uses(column(BIG, "doubled"))).isEqualTo(graph.origins(column(SPEND, "total")));
    assertThat(graph.readers(ORDERS)).containsExactly(BIG);
    assertThat(graph.readers(SPEND)).isEmpty();
  }

  @Test
  void dependentsGoOnOverTablesBetween() {
    assertThat(graph.dependents(Set.of(column(ORDERS, "amount"))))
        .isEqualTo(Map.of(BIG, Set.of("doubled"), SPEND, Set.of("total")));
    assertThat(graph.dependents(Set.of(column(SPEND, "total")))).isEmpty();
  }

  @Test
  void whatDecidesAboutRowsTouchesAllColumns() {
    assertThat(graph.dependents(Set.of(column(ORDERS, "quantity"))))
        .isEqualTo(Map.of(BIG, Set.of("customer", "doubled"), SPEND, Set.of("customer", "total")));
    assertThat(graph.dependents(Set.of(column(ORDERS, "customer"))))
        .isEqualTo(Map.of(BIG, Set.of("customer"), SPEND, Set.of("customer", "total")));
  }

  @Test
  void tablesKeepTheirOrderAndColumnsTheirSpelling() {
    assertThat(graph.tables()).extracting(TableLineage::name).containsExactly(ORDERS, BIG, SPEND);
    assertThat(graph.column(column(BIG, "DOUBLED")).map(Column::name)).contains("doubled");
    assertThat(graph.column(column(BIG, "nothing"))).isEmpty();
  }

  private static TableLineage table(
      TableName name, Kind kind, List<String> columns, Set<TableName> inputs) {
    return new TableLineage(
        name,
        kind,
        "",
        schema(columns),
        new TreeSet<>(inputs),
        new ColumnLineage(List.of(), Derivation.NONE, List.of()));
  }

  /** With the derivation of each column in turn. */
  private static TableLineage table(
      TableName name,
      Kind kind,
      List<String> columns,
      Set<TableName> inputs,
      Derivation rows,
      Derivation... derivations) {
    List<ColumnLineage.Output> outputs =
        IntStream.range(0, columns.size())
            .mapToObj(i -> new ColumnLineage.Output(columns.get(i), derivations[i]))
            .toList();
    return new TableLineage(
        name,
        kind,
        "",
        schema(columns),
        new TreeSet<>(inputs),
        new ColumnLineage(outputs, rows, List.of()));
  }

  private static TableSchema schema(List<String> columns) {
    return new TableSchema(
        columns.stream().map(name -> new Column(name, Primitive.INTEGER)).toList());
  }

  private static Derivation on(TableName table, String column, Influence influence) {
    return new Derivation(List.of(new Dependency(column(table, column), influence)), List.of());
  }

  private static Link link(
      TableName origin, String column, TableColumn dependent, Influence influence) {
    return new Link(column(origin, column), dependent, new TreeSet<>(Set.of(influence)));
  }

  private static TableColumn column(TableName table, String column) {
    return new TableColumn(table, column);
  }
}
