package dev.kith.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.lake.PhysicalTable;
import dev.kith.lake.TableLayout;
import dev.kith.model.type.Column;
import dev.kith.model.type.DataType;
import dev.kith.model.type.DataType.Decimal;
import dev.kith.model.type.DataType.ListOf;
import dev.kith.model.type.DataType.MapOf;
import dev.kith.model.type.DataType.Primitive;
import dev.kith.model.type.DataType.Struct;
import dev.kith.model.type.TableSchema;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Values keep what they are from Java into a table, and from there into Java. */
@NullMarked
public abstract class TypeContract extends EngineContract {

  /** A local time that the tests' zone skipped. */
  private static final LocalDateTime SKIPPED = LocalDateTime.parse("2024-09-29T02:50:00.000001");

  /** An instant whose local time in the tests' zone came again an hour later. */
  private static final Instant REPEATED = Instant.parse("2014-04-05T13:30:00.000001Z");

  private static final Struct PLACE =
      new Struct(
          List.of(
              new Column("town", Primitive.TEXT),
              new Column("since", Primitive.TIMESTAMP),
              new Column("tags", new ListOf(Primitive.TEXT))));

  protected static Stream<Arguments> types() {
    UUID uuid = UUID.fromString("ffffffff-ffff-4fff-bfff-ffffffffffff");
    return Stream.of(
        values(Primitive.BOOLEAN, true, false),
        values(Primitive.INTEGER, 0, Integer.MIN_VALUE, Integer.MAX_VALUE),
        values(Primitive.BIGINT, 0L, Long.MIN_VALUE, Long.MAX_VALUE),
        values(Primitive.FLOAT, 0f, -0f, Float.MAX_VALUE, Float.MIN_VALUE, Float.NaN, 0.1f),
        values(
            Primitive.DOUBLE,
            -0.0,
            Double.MAX_VALUE,
            Double.MIN_VALUE,
            Double.NaN,
            Double.NEGATIVE_INFINITY,
            0.1 + 0.2),
        values(Primitive.TEXT, "", "이영희 🛒", "it's; -- \"quoted\"\n\t\\", "İı", "null"),
        values(Primitive.BLOB, bytes(), bytes(0, -1, 127)),
        values(Primitive.DATE, LocalDate.of(1, 1, 1), LocalDate.of(9999, 12, 31)),
        values(Primitive.TIME, LocalTime.MIDNIGHT, LocalTime.of(23, 59, 59, 999_999_000)),
        values(
            Primitive.TIMESTAMP,
            LocalDateTime.parse("0001-01-01T00:00:00"),
            LocalDateTime.parse("1969-12-31T23:59:59.999999"),
            SKIPPED,
            LocalDateTime.parse("9999-12-31T23:59:59.999999")),
        values(
            Primitive.INSTANT,
            Instant.parse("0001-01-01T00:00:00Z"),
            Instant.parse("1969-12-31T23:59:59.999999Z"),
            Instant.EPOCH,
            REPEATED,
            REPEATED.plusSeconds(3600),
            Instant.parse("9999-12-31T23:59:59.999999Z")),
        values(Primitive.UUID, new UUID(0, 0), uuid),
        values(new Decimal(4, 1), decimal("-999.9"), decimal("0.0"), decimal("0.1")),
        values(new Decimal(18, 3), decimal("-999999999999999.999")),
        values(
            new Decimal(38, 10),
            decimal("9999999999999999999999999999.9999999999"),
            decimal("-0.0000000001")),
        values(new Decimal(38, 0), decimal("-" + "9".repeat(38))),
        values(new ListOf(Primitive.INTEGER), List.of(), Arrays.asList(1, null, 3)),
        values(new ListOf(Primitive.TIMESTAMP), Arrays.asList(SKIPPED, null)),
        values(new ListOf(new Decimal(9, 2)), List.of(decimal("1.25"))),
        values(new ListOf(new ListOf(Primitive.TEXT)), List.of(List.of("a"), List.of())),
        values(
            new ListOf(Primitive.INSTANT),
            List.of(
                Instant.parse("0001-01-01T00:00:00Z"),
                Instant.parse("1900-01-01T00:00:00Z"),
                REPEATED,
                REPEATED.plusSeconds(3600))),
        values(new ListOf(Primitive.UUID), List.of(uuid)),
        values(PLACE, place("Jeju", SKIPPED, List.of("a", "b")), place(null, null, null)),
        values(new ListOf(PLACE), Arrays.asList(place("Jeju", SKIPPED, null), null)),
        values(
            new MapOf(Primitive.TEXT, new Decimal(10, 2)),
            Map.of(),
            nullable("k", decimal("1.25"), "none", null)),
        values(new MapOf(Primitive.INTEGER, PLACE), Map.of(7, place("Busan", SKIPPED, null))),
        values(
            new MapOf(Primitive.TEXT, new ListOf(Primitive.DATE)),
            Map.of("days", List.of(LocalDate.of(1, 1, 1)))));
  }

  @ParameterizedTest
  @MethodSource("types")
  void valuesComeBackAsTheyWere(DataType type, List<@Nullable Object> values) {
    TableSchema schema = TableSchema.of(new Column("i", Primitive.INTEGER), new Column("v", type));
    PhysicalTable table = create("t_1", TableLayout.of(schema));
    try (RowSink sink = session.stage("staged", schema)) {
      for (int i = 0; i < values.size(); i++) {
        sink.add(i, values.get(i));
      }
    }

    List<@Nullable Object> staged = column("SELECT v FROM staged ORDER BY i");
    append(table, "SELECT * FROM staged");
    bind(table);
    List<@Nullable Object> stored = column("SELECT v FROM t ORDER BY i");

    assertThat(comparable(staged)).isEqualTo(comparable(values));
    assertThat(comparable(stored)).isEqualTo(comparable(values));
    assertThat(session.describe("SELECT * FROM t")).isEqualTo(schema);
    try (Rows rows = session.query("SELECT * FROM t")) {
      assertThat(rows.schema()).isEqualTo(schema);
    }
  }

  @Test
  void structsKeepTheOrderOfTheirFields() {
    TableSchema schema = TableSchema.of(new Column("v", PLACE));
    try (RowSink sink = session.stage("staged", schema)) {
      sink.add(place("Jeju", SKIPPED, List.of()));
    }

    Object value = column("SELECT v FROM staged").get(0);

    assertThat(((Map<?, ?>) Objects.requireNonNull(value)).keySet().stream().map(Object::toString))
        .containsExactly("town", "since", "tags");
  }

  @Test
  void aNumberWithTooManyDigitsIsNotStaged() {
    TableSchema schema = TableSchema.of(new Column("v", new Decimal(4, 1)));
    try (RowSink sink = session.stage("staged", schema)) {
      assertThat(fault(() -> sink.add(decimal("1.25"))).code())
          .isEqualTo(EngineCode.VALUE_DOES_NOT_FIT);
      assertThat(fault(() -> sink.add(decimal("1000"))).code())
          .isEqualTo(EngineCode.VALUE_DOES_NOT_FIT);
    }
  }

  @Test
  void typesOfSqlThatCannotBeStoredAreReadAsText() {
    assertThat(lines("SELECT INTERVAL 3 DAY, NULL")).containsExactly("3 days|null");
    assertThat(fault(() -> session.describe("SELECT INTERVAL 3 DAY AS i")).code())
        .isEqualTo(EngineCode.UNSUPPORTED_TYPE);
  }

  @Test
  void columnsOfOneNameAreToldApart() {
    try (Rows rows = session.query("SELECT 1 AS a, 2 AS A")) {
      assertThat(rows.schema().names()).containsExactly("a", "A_2");
    }
  }

  private List<@Nullable Object> column(String sql) {
    return rows(sql).stream().<@Nullable Object>map(row -> row.get(0)).toList();
  }

  /** With arrays of bytes as lists, which know when they are equal. */
  private static List<@Nullable Object> comparable(List<@Nullable Object> values) {
    return values.stream()
        .<@Nullable Object>map(
            value -> value instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : value)
        .toList();
  }

  private static Arguments values(DataType type, @Nullable Object... values) {
    List<@Nullable Object> withNull = new ArrayList<>(Arrays.asList(values));
    withNull.add(null);
    return Arguments.of(type, withNull);
  }

  private static Map<String, @Nullable Object> place(
      @Nullable String town, @Nullable LocalDateTime since, @Nullable List<String> tags) {
    return nullable("town", town, "since", since, "tags", tags);
  }

  private static Map<String, @Nullable Object> nullable(@Nullable Object... pairs) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      map.put(String.valueOf(pairs[i]), pairs[i + 1]);
    }
    return map;
  }

  private static BigDecimal decimal(String text) {
    return new BigDecimal(text);
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }
}
