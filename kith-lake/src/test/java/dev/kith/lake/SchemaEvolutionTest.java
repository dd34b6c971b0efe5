package dev.kith.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kith.model.KithException;
import dev.kith.model.type.Column;
import dev.kith.model.type.DataType;
import dev.kith.model.type.DataType.Decimal;
import dev.kith.model.type.DataType.Primitive;
import dev.kith.model.type.TableSchema;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaEvolutionTest {

  private static final TableSchema BEFORE =
      TableSchema.of(
          new Column("id", Primitive.INTEGER),
          new Column("at", Primitive.INSTANT),
          new Column("price", new Decimal(9, 2)),
          new Column("weight", Primitive.FLOAT),
          new Column("note", Primitive.TEXT));

  @TempDir Path project;
  private LakeFixture lake;
  private LakeTable table;

  @BeforeEach
  void open() {
    lake = new LakeFixture(project);
    table =
        lake.warehouse.create(
            LakeFixture.ORDERS,
            new TableLayout(
                BEFORE,
                List.of(new Partitioning.ByDay("at")),
                List.of("at"),
                List.of("note", "id")));
  }

  @AfterEach
  void close() {
    lake.close();
  }

  @Test
  void columnsAreAddedDroppedRenamedWidenedAndReordered() {
    Snapshot first = table.commit(LakeFixture.provenance("a")).commit();
    TableSchema after =
        TableSchema.of(
            new Column("remark", Primitive.TEXT),
            new Column("id", Primitive.BIGINT),
            new Column("tags", new DataType.ListOf(Primitive.TEXT)),
            new Column("price", new Decimal(18, 2)),
            new Column("at", Primitive.INSTANT));

    assertThat(table.canBecome(after, Map.of("remark", "note"))).isTrue();
    table.evolve(after, Map.of("remark", "note"));
    Snapshot second = table.commit(LakeFixture.provenance("b")).commit();

    assertThat(table.schema()).isEqualTo(after);
    assertThat(table.schema(first.id())).isEqualTo(BEFORE);
    assertThat(table.schema(second.id())).isEqualTo(after);
    assertThat(id(table.icebergSchema().columns(), "remark"))
        .isEqualTo(id(table.icebergSchema(first.id()).columns(), "note"));
    assertThat(table.layout().key()).containsExactly("remark", "id");
    assertThat(lake.warehouse.table(LakeFixture.ORDERS).layout()).isEqualTo(table.layout());
  }

  @Test
  void evolvingAgainDoesNothing() {
    TableSchema after =
        TableSchema.of(
            new Column("id", Primitive.INTEGER),
            new Column("at", Primitive.INSTANT),
            new Column("remark", Primitive.TEXT));
    table.evolve(after, Map.of("remark", "note"));
    List<Types.NestedField> fields = table.icebergSchema().columns();

    table.evolve(after, Map.of("remark", "note"));

    assertThat(table.icebergSchema().columns()).isEqualTo(fields);
  }

  @Test
  void aNameThatComesBackIsAnotherColumn() {
    int before = id(table.icebergSchema().columns(), "note");
    TableSchema without =
        new TableSchema(BEFORE.columns().stream().filter(c -> !c.name().equals("note")).toList());
    table.evolve(without, Map.of());
    table.evolve(BEFORE, Map.of());

    assertThat(id(table.icebergSchema().columns(), "note")).isNotEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource({
    "id, SMALLINT, true",
    "id, DOUBLE, false",
    "id, VARCHAR, false",
    "price, 'DECIMAL(12,2)', true",
    "price, 'DECIMAL(8,2)', false",
    "price, 'DECIMAL(12,3)', false",
    "weight, DOUBLE, true",
    "weight, INTEGER, false",
    "note, BLOB, false",
    "note, VARCHAR[], false",
    "at, TIMESTAMP, false"
  })
  void onlyWideningChangesATypeInPlace(String name, String type, boolean possible) {
    DataType wanted = DataType.parse(type).orElseThrow();
    TableSchema after =
        new TableSchema(
            BEFORE.columns().stream()
                .map(c -> c.name().equals(name) ? new Column(name, wanted) : c)
                .toList());

    assertThat(table.canBecome(after, Map.of())).isEqualTo(possible);
    if (!possible) {
      assertThatThrownBy(() -> table.evolve(after, Map.of()))
          .isInstanceOfSatisfying(
              KithException.class, e -> assertThat(e.code()).isEqualTo(LakeCode.UNFIT_SCHEMA))
          .hasMessageContaining("'" + name + "'");
      assertThat(table.schema()).isEqualTo(BEFORE);
    }
  }

  @Test
  void aColumnThatSpreadsFilesCannotGo() {
    TableSchema without =
        new TableSchema(BEFORE.columns().stream().filter(c -> !c.name().equals("at")).toList());

    assertThat(table.canBecome(without, Map.of())).isFalse();
  }

  private static int id(List<Types.NestedField> fields, String name) {
    return fields.stream()
        .filter(field -> field.name().equals(name))
        .findFirst()
        .orElseThrow()
        .fieldId();
  }
}
