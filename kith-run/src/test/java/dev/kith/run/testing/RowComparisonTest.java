package dev.kith.run.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.model.type.Column;
import dev.kith.model.type.DataType.ListOf;
import dev.kith.model.type.DataType.Primitive;
import dev.kith.model.type.DataType.Struct;
import dev.kith.run.testing.RowDifference.Differing;
import dev.kith.run.testing.RowDifference.Missing;
import dev.kith.run.testing.RowDifference.Unexpected;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RowComparisonTest {

  private static final List<Column> COLUMNS =
      List.of(
          new Column("id", Primitive.BIGINT),
          new Column("name", Primitive.TEXT),
          new Column("score", Primitive.DOUBLE));

  @Test
  void rowsAreComparedAsMultisetsInAnyOrder() {
    List<TypedRow> expected = List.of(row("id", 1L), row("id", 2L), row("id", 2L));

    assertThat(compare(expected, List.of(row("id", 2L), row("id", 1L), row("id", 2L)))).isEmpty();
    assertThat(compare(expected, List.of(row("id", 1L), row("id", 2L))))
        .containsExactly(new Missing(row("id", 2L)));
    assertThat(compare(List.of(row("id", 1L)), List.of(row("id", 1L), row("id", 1L))))
        .containsExactly(new Unexpected(row("id", 1L)));
  }

  @Test
  void onlyNamedColumnsAreCompared() {
    TypedRow actual = row("id", 1L, "name", "Anna", "score", null);

    assertThat(compare(List.of(row("id", 1L)), List.of(actual))).isEmpty();
    assertThat(compare(List.of(row("score", null)), List.of(actual))).isEmpty();
    assertThat(compare(List.of(row("id", 1L, "score", 0.0)), List.of(actual)))
        .containsExactly(new Differing(row("id", 1L, "score", 0.0), actual, Set.of("score")));
  }

  @Test
  void rowsThatNameOtherColumnsFindTheOnesThatFit() {
    TypedRow one = row("id", 1L, "name", "Anna");
    TypedRow two = row("id", 2L, "name", "Anna");

    // The first would take what only the second can have.
    assertThat(compare(List.of(row("name", "Anna"), row("id", 1L)), List.of(one, two))).isEmpty();
  }

  @Test
  void whatDiffersIsMatchedByKey() {
    TypedRow anna = row("id", 1L, "name", "Anna");
    TypedRow bo = row("id", 2L, "name", "Bo");
    RowComparison byKey =
        new RowComparison(
            COLUMNS,
            List.of("id"),
            List.of(row("id", 2L, "name", "Anna"), row("id", 3L, "name", "Bo")),
            List.of(anna, bo));

    assertThat(byKey.inAnyOrder(false))
        .containsExactly(
            new Differing(row("id", 2L, "name", "Anna"), bo, Set.of("name")),
            new Missing(row("id", 3L, "name", "Bo")),
            new Unexpected(anna));
  }

  @Test
  void orderAndOtherRowsMayMatter() {
    List<TypedRow> rows = List.of(row("id", 1L), row("id", 2L));
    List<TypedRow> turned = List.of(row("id", 2L), row("id", 1L));

    assertThat(new RowComparison(COLUMNS, List.of(), rows, turned).inOrder()).hasSize(2);
    assertThat(new RowComparison(COLUMNS, List.of(), rows, rows).inOrder()).isEmpty();
    assertThat(new RowComparison(COLUMNS, List.of(), List.of(row("id", 2L)), rows).inAnyOrder(true))
        .isEmpty();
    assertThat(new RowComparison(COLUMNS, List.of(), List.of(row("id", 3L)), rows).inAnyOrder(true))
        .containsExactly(new Missing(row("id", 3L)));
  }

  @Test
  void valuesAreEqualByTheirType() {
    assertThat(ValueEquality.equal(0.1 + 0.2, 0.3, Primitive.DOUBLE)).isTrue();
    assertThat(ValueEquality.equal(1e300, 1e300 * (1 + 1e-8), Primitive.DOUBLE)).isFalse();
    assertThat(ValueEquality.equal(Double.NaN, Double.NaN, Primitive.DOUBLE)).isTrue();
    assertThat(ValueEquality.equal(0.0, 1e-12, Primitive.DOUBLE)).isFalse();
    assertThat(
            ValueEquality.equal(
                new BigDecimal("1.5"),
                new BigDecimal("1.500"),
                new dev.kith.model.type.DataType.Decimal(9, 3)))
        .isTrue();
    assertThat(ValueEquality.equal(null, 0L, Primitive.BIGINT)).isFalse();
    assertThat(ValueEquality.equal(null, null, Primitive.BIGINT)).isTrue();
  }

  @Test
  void ofStructsOnlyNamedFieldsAreCompared() {
    ListOf type = new ListOf(new Struct(COLUMNS));
    List<Object> actual = List.of(Map.of("id", 1L, "name", "Anna", "score", 0.5));

    assertThat(ValueEquality.equal(List.of(Map.of("id", 1L)), actual, type)).isTrue();
    assertThat(ValueEquality.equal(List.of(Map.of("id", 2L)), actual, type)).isFalse();
    assertThat(ValueEquality.equal(List.of(), actual, type)).isFalse();
  }

  /** Any rows, of which some columns are hidden and which are shuffled, fit themselves. */
  @Test
  void rowsFitThemselvesWhateverTheyName() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      List<TypedRow> actual = new ArrayList<>();
      List<TypedRow> expected = new ArrayList<>();
      for (int i = random.nextInt(12); i >= 0; i--) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("id", (long) random.nextInt(3));
        values.put("name", random.nextBoolean() ? null : "name" + random.nextInt(2));
        actual.add(new TypedRow(values));
        if (random.nextBoolean()) {
          values.remove(random.nextBoolean() ? "id" : "name");
        }
        expected.add(new TypedRow(values));
      }
      Collections.shuffle(expected, random);

      assertThat(compare(expected, actual)).as("seed %d, round %d", seed, round).isEmpty();
    }
  }

  private static List<RowDifference> compare(List<TypedRow> expected, List<TypedRow> actual) {
    return new RowComparison(COLUMNS, List.of(), expected, actual).inAnyOrder(false);
  }

  private static TypedRow row(@Nullable Object... namesAndValues) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      values.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
    }
    return new TypedRow(values);
  }
}
