package dev.kith.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.engine.WriteMode.Append;
import dev.kith.engine.WriteMode.Overwrite;
import dev.kith.engine.WriteMode.ReplaceKeys;
import dev.kith.engine.WriteMode.ReplaceRange;
import dev.kith.engine.WriteMode.Synchronise;
import dev.kith.lake.Partitioning;
import dev.kith.lake.PhysicalTable;
import dev.kith.lake.Provenance;
import dev.kith.lake.Snapshot;
import dev.kith.lake.TableLayout;
import dev.kith.model.KithException;
import dev.kith.model.type.Column;
import dev.kith.model.type.DataType.Decimal;
import dev.kith.model.type.DataType.ListOf;
import dev.kith.model.type.DataType.Primitive;
import dev.kith.model.type.TableSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** Writes in each mode. */
@NullMarked
public abstract class WriteContract extends EngineContract {

  private static final TableSchema PEOPLE =
      TableSchema.of(new Column("id", Primitive.BIGINT), new Column("name", Primitive.TEXT));

  private static final Synchronise BY_ID = new Synchronise(List.of("id"));

  private PhysicalTable people() {
    return create("people_1", new TableLayout(PEOPLE, List.of(), List.of("id"), List.of("id")));
  }

  @Test
  void appendsRowsByNameOfColumn() {
    PhysicalTable table = create("people_1", TableLayout.of(PEOPLE));

    WriteOutcome outcome = append(table, "SELECT 'a' AS NAME, 1 AS id -- with a comment");
    append(table, "SELECT 2 AS id;");

    assertThat(outcome.rowsAdded()).isEqualTo(1);
    assertThat(outcome.rowsDeleted()).isZero();
    assertThat(outcome.bytesWritten()).isPositive();
    assertThat(outcome.snapshotId()).isPresent();
    assertThat(content(table)).containsExactly("1|a", "2|null");
  }

  @Test
  void overwriteReplacesAllRows() {
    PhysicalTable table = people();
    append(table, "SELECT range AS id, 'old' AS name FROM range(3)");

    WriteOutcome outcome = write(table, new Overwrite(), "SELECT 7 AS id, 'new' AS name");

    assertThat(outcome.rowsAdded()).isEqualTo(1);
    assertThat(outcome.rowsDeleted()).isEqualTo(3);
    assertThat(content(table)).containsExactly("7|new");
  }

  @Test
  void synchroniseTouchesOnlyRowsThatDiffer() {
    PhysicalTable table = people();
    write(table, BY_ID, "SELECT range AS id, 'n' || range AS name FROM range(1000)");

    WriteOutcome outcome =
        write(
            table,
            BY_ID,
            """
            SELECT range AS id, CASE range WHEN 5 THEN 'five' WHEN 6 THEN NULL ELSE 'n' || range END AS name
            FROM range(1, 1001)""");

    assertThat(outcome.rowsAdded()).as("5, 6 and 1000").isEqualTo(3);
    assertThat(outcome.rowsDeleted()).as("0, 5 and 6").isEqualTo(3);
    bind(table);
    assertThat(lines("SELECT * FROM t WHERE id IN (0, 4, 5, 6, 1000) ORDER BY id"))
        .containsExactly("4|n4", "5|five", "6|null", "1000|n1000");
    assertThat(rows("SELECT * FROM t")).hasSize(1000);
  }

  @Test
  void synchroniseOfEqualRowsCommitsNothing() {
    TableSchema schema =
        TableSchema.of(
            new Column("id", Primitive.BIGINT),
            new Column("x", Primitive.DOUBLE),
            new Column("l", new ListOf(Primitive.DOUBLE)));
    PhysicalTable table = create("t_1", TableLayout.of(schema));
    String rows =
        """
        SELECT 1 AS id, 'NaN'::DOUBLE AS x, [0.1::DOUBLE, NULL] AS l
        UNION ALL SELECT NULL, NULL, NULL""";
    write(table, BY_ID, rows);

    WriteOutcome again = write(table, BY_ID, rows);

    assertThat(again).isEqualTo(new WriteOutcome(OptionalLong.empty(), 0, 0, 0));
  }

  @Test
  void doublesAreComparedByTheirBits() {
    TableSchema schema =
        TableSchema.of(
            new Column("id", Primitive.BIGINT),
            new Column("x", Primitive.DOUBLE),
            new Column("l", new ListOf(Primitive.DOUBLE)));
    PhysicalTable table = create("t_1", TableLayout.of(schema));
    write(
        table,
        BY_ID,
        "SELECT 1 AS id, 0.0::DOUBLE AS x, [1.0::DOUBLE] AS l UNION ALL SELECT 2, 1, [0.0]");

    WriteOutcome outcome =
        write(
            table,
            BY_ID,
            "SELECT 1 AS id, -(0.0::DOUBLE) AS x, [1.0::DOUBLE] AS l UNION ALL SELECT 2, 1, [-(0.0::DOUBLE)]");

    assertThat(outcome.rowsAdded()).isEqualTo(2);
    assertThat(content(table)).containsExactly("1|-0.0|[1.0]", "2|1.0|[-0.0]");
  }

  @Test
  void repeatedKeysAreAFaultAndLeaveNothingBehind() {
    PhysicalTable table = people();
    String repeated =
        "SELECT * FROM (VALUES (1, 'a'), (1, 'b'), (NULL, 'c'), (NULL, 'd')) t(id, name)";

    KithException first = fault(() -> write(table, BY_ID, repeated));
    assertThat(warehouse.table(table).head()).isEmpty();
    assertThat(filesOf(table)).isEmpty();
    append(table, "SELECT 1 AS id, 'a' AS name");
    KithException second = fault(() -> write(table, BY_ID, repeated));

    assertThat(first.code()).isEqualTo(EngineCode.DUPLICATE_KEY);
    assertThat(first).hasMessageContaining("2 values").hasMessageContaining("2 times");
    assertThat(second.code()).isEqualTo(EngineCode.DUPLICATE_KEY);
    assertThat(content(table)).containsExactly("1|a");
  }

  @Test
  void replaceKeysDeletesTheirRowsAndAddsThoseOfTheQuery() {
    PhysicalTable table = create("people_1", TableLayout.of(PEOPLE));
    append(
        table,
        "SELECT * FROM (VALUES (1, 'a'), (1, 'a'), (1, 'b'), (2, 'c'), (NULL, 'd')) t(id, name)");

    WriteOutcome outcome =
        write(
            table,
            new ReplaceKeys(List.of("id"), "SELECT * FROM (VALUES (1), (1), (NULL)) k(x)"),
            "SELECT * FROM (VALUES (1, 'a'), (1, 'z'), (NULL, 'd'), (NULL, 'd')) t(id, name)");

    assertThat(content(table)).containsExactly("1|a", "1|z", "2|c", "null|d", "null|d");
    assertThat(outcome.rowsAdded()).as("z and the second d").isEqualTo(2);
    assertThat(outcome.rowsDeleted()).as("an a and b").isEqualTo(2);
  }

  @Test
  void replaceKeysMayWriteEqualRowsAnew() {
    PhysicalTable table = create("people_1", TableLayout.of(PEOPLE));
    append(table, "SELECT * FROM (VALUES (1, 'a'), (2, 'c')) t(id, name)");

    WriteOutcome outcome =
        write(
            table,
            new ReplaceKeys(List.of("id"), "SELECT 1", false),
            "SELECT 1 AS id, 'a' AS name");

    assertThat(content(table)).containsExactly("1|a", "2|c");
    assertThat(outcome.rowsAdded()).isEqualTo(1);
    assertThat(outcome.rowsDeleted()).isEqualTo(1);
  }

  @Test
  void replaceRangeIsHalfOpenInTheSessionsZone() {
    for (Primitive type : List.of(Primitive.INSTANT, Primitive.TIMESTAMP, Primitive.DATE)) {
      TableSchema schema =
          TableSchema.of(new Column("at", type), new Column("n", Primitive.INTEGER));
      PhysicalTable table =
          create(
              "events_" + type.name().toLowerCase(Locale.ROOT),
              new TableLayout(
                  schema, List.of(new Partitioning.ByDay("at")), List.of("at"), List.of()));
      append(
          table,
          """
          SELECT unnest([TIMESTAMP '2024-01-01', '2024-01-02', '2024-01-02 00:00:00', '2024-01-03', NULL]) AS at,
            1 AS n""");
      // Midnight of the 2nd and the 3rd in Seoul.
      ReplaceRange day =
          new ReplaceRange(
              "at", Instant.parse("2024-01-01T15:00:00Z"), Instant.parse("2024-01-02T15:00:00Z"));

      WriteOutcome outcome =
          write(table, day, "SELECT TIMESTAMP '2024-01-02' AS at, unnest([1, 2]) AS n");

      bind(table);
      assertThat(lines("SELECT strftime(\"at\", '%d'), n FROM t ORDER BY ALL"))
          .as(type.sql())
          .containsExactly("01|1", "02|1", "02|2", "03|1", "null|1");
      assertThat(outcome.rowsAdded()).isEqualTo(1);
      assertThat(outcome.rowsDeleted()).isEqualTo(1);
      assertThat(
              fault(() -> write(table, day, "SELECT TIMESTAMP '2024-01-03' AS at, 1 AS n")).code())
          .isEqualTo(EngineCode.OUTSIDE_RANGE);
      assertThat(fault(() -> write(table, day, "SELECT NULL::TIMESTAMP AS at, 1 AS n")).code())
          .isEqualTo(EngineCode.OUTSIDE_RANGE);
    }
  }

  @Test
  void whatChangesNothingIsCommittedOnlyOnRequest() {
    PhysicalTable table = people();
    for (WriteMode mode : List.of(new Append(), new Overwrite(), BY_ID)) {
      assertThat(write(table, mode, "SELECT 1 AS id WHERE false").snapshotId()).isEmpty();
    }
    Provenance cursor =
        new Provenance("r", "d", Map.of(), Optional.empty(), Optional.of("b"), Optional.of("c"));

    WriteOutcome outcome =
        session.write(
            new WriteRequest(table, "SELECT 1 AS id WHERE false", new Append(), cursor, true));

    Snapshot head = warehouse.table(table).head().orElseThrow();
    assertThat(outcome.snapshotId()).hasValue(head.id());
    assertThat(head.provenance().cursor()).contains("c");
  }

  @Test
  void rowsAreSpreadOverHiddenPartitions() {
    TableSchema schema =
        TableSchema.of(
            new Column("id", Primitive.BIGINT),
            new Column("name", Primitive.TEXT),
            new Column("at", Primitive.INSTANT),
            new Column("on", Primitive.DATE),
            new Column("amount", new Decimal(9, 2)));
    List<Partitioning> all =
        List.of(
            new Partitioning.ByDay("at"),
            new Partitioning.ByMonth("at"),
            new Partitioning.ByHour("at"),
            new Partitioning.ByMonth("on"),
            new Partitioning.Bucket("id", 4),
            new Partitioning.Bucket("name", 4),
            new Partitioning.Bucket("amount", 2),
            new Partitioning.Identity("name"),
            new Partitioning.Identity("on"));
    for (int i = 0; i < all.size(); i++) {
      PhysicalTable table =
          create("t_" + i, new TableLayout(schema, List.of(all.get(i)), List.of("id"), List.of()));
      append(
          table,
          """
          SELECT range AS id, CASE range % 3 WHEN 0 THEN NULL WHEN 1 THEN 'null' ELSE '이/=%' END AS name,
            TIMESTAMPTZ '1969-12-31 22:30:00+00' + to_hours(range::INTEGER) AS at,
            DATE '1969-12-31' + range::INTEGER AS on, range::DECIMAL(9, 2) AS amount
          FROM range(40) UNION ALL SELECT NULL, NULL, NULL, NULL, NULL""");

      assertThat(content(table)).as("%s", all.get(i)).hasSize(41);
      assertThat(filesOf(table).size()).as("%s", all.get(i)).isGreaterThan(2);
    }
    assertThat(partitions("t_0")).containsExactlyInAnyOrder("null", "-1", "0", "1");
    assertThat(partitions("t_7")).containsExactlyInAnyOrder("null", "null", "이/=%");
  }

  @Test
  void valuesThatDoNotFitAreFaults() {
    TableSchema schema =
        TableSchema.of(
            new Column("i", Primitive.INTEGER),
            new Column("d", new Decimal(5, 2)),
            new Column("day", Primitive.DATE),
            new Column("f", Primitive.FLOAT),
            new Column("l", new ListOf(Primitive.INTEGER)));
    PhysicalTable table = create("t_1", TableLayout.of(schema));
    append(
        table,
        "SELECT 1.0::DOUBLE AS i, '2.50' AS d, TIMESTAMP '2024-01-01' AS day, 0.5 AS f, [1::BIGINT] AS l");

    assertThat(content(table)).containsExactly("1|2.50|2024-01-01|0.5|[1]");
    for (String misfit :
        List.of(
            "1.5::DOUBLE AS i",
            "'1.5' AS i",
            "1.255 AS d",
            "TIMESTAMP '2024-01-01 00:00:01' AS day",
            "0.1::DOUBLE AS f",
            "[1.5] AS l")) {
      assertThat(fault(() -> append(table, "SELECT " + misfit)).code())
          .as(misfit)
          .isEqualTo(EngineCode.VALUE_DOES_NOT_FIT);
    }
    for (String misfit : List.of("3000000000 AS i", "1000 AS d", "'abc' AS i")) {
      assertThat(fault(() -> append(table, "SELECT " + misfit)).code())
          .as(misfit)
          .isEqualTo(EngineCode.STATEMENT_FAILED);
    }
    assertThat(fault(() -> append(table, "SELECT 1 AS j")).code())
        .isEqualTo(EngineCode.UNKNOWN_COLUMN);
    assertThat(content(table)).hasSize(1);
  }

  @Test
  void aWriteThatFailsHalfwayLeavesNothingBehind() {
    PhysicalTable table = people();
    String failing =
        "SELECT range AS id, CASE range WHEN 2999999 THEN error('late') ELSE 'x' END AS name FROM range(3000000)";

    for (WriteMode mode : List.of(new Append(), new Overwrite(), BY_ID)) {
      KithException fault = fault(() -> write(table, mode, failing));
      assertThat(fault).hasMessageContaining("late");
      assertThat(fault.code()).isEqualTo(EngineCode.STATEMENT_FAILED);
    }

    assertThat(warehouse.table(table).head()).isEmpty();
    assertThat(filesOf(table)).isEmpty();
    append(table, "SELECT 1 AS id");
    assertThat(content(table)).containsExactly("1|null");
  }

  private List<String> partitions(String table) {
    var lake = warehouse.table(new PhysicalTable(table));
    return lake.scan(lake.head().orElseThrow().id()).stream()
        .map(file -> String.valueOf(file.partition().get(0)))
        .toList();
  }

  /** All data files on the disk. */
  protected List<Path> filesOf(PhysicalTable table) {
    Path folder = warehouse.table(table).dataFolder();
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> paths = Files.walk(folder)) {
      return paths.filter(Files::isRegularFile).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
