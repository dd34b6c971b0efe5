package dev.kith.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.engine.WriteMode.ReplaceKeys;
import dev.kith.engine.WriteMode.Synchronise;
import dev.kith.lake.PhysicalTable;
import dev.kith.lake.TableLayout;
import dev.kith.lake.TableVersion;
import dev.kith.model.KithException;
import dev.kith.model.TableName;
import dev.kith.model.type.Column;
import dev.kith.model.type.DataType.Decimal;
import dev.kith.model.type.DataType.ListOf;
import dev.kith.model.type.DataType.Primitive;
import dev.kith.model.type.DataType.Struct;
import dev.kith.model.type.TableSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** What statements see: versions of tables, changes between them, views, temporary rows, files. */
@NullMarked
public abstract class ReadContract extends EngineContract {

  private static final TableName T = TableName.of("t");

  private static final TableSchema PEOPLE =
      TableSchema.of(
          new Column("id", Primitive.INTEGER),
          new Column("name", Primitive.TEXT),
          new Column("_batch", Primitive.TEXT));

  private PhysicalTable people() {
    PhysicalTable table = create("people_1", TableLayout.of(PEOPLE));
    append(table, "SELECT 1 AS id, 'a' AS name, 'b1' AS _batch");
    return table;
  }

  @Test
  void aVersionStaysWhatItWas() {
    PhysicalTable table = people();
    TableVersion first = head(table);
    append(table, "SELECT 2 AS id");

    session.bind(T, new Input.Whole(first), Set.of());
    assertThat(lines("SELECT id FROM t")).containsExactly("1");
    session.bind(T, new Input.Whole(head(table)), Set.of());
    assertThat(lines("SELECT id FROM t ORDER BY id")).containsExactly("1", "2");
  }

  @Test
  void hiddenColumnsShowOnlyWhenAskedFor() {
    PhysicalTable table = people();

    session.bind(T, new Input.Whole(head(table)), Set.of());
    assertThat(session.describe("SELECT * FROM t").names()).containsExactly("id", "name");
    session.bind(T, new Input.Whole(head(table)), Set.of("_BATCH"));
    assertThat(session.describe("SELECT * FROM t").names()).containsExactly("id", "name", "_batch");
  }

  @Test
  void namesMayHaveSchemas() {
    PhysicalTable table = people();

    session.bind(TableName.parse("sales.orders"), new Input.Whole(head(table)), Set.of());
    session.bindView(TableName.parse("sales.names"), "SELECT name FROM sales.orders;");
    session.bindView(TableName.of("sales"), "SELECT count(*) AS n FROM sales.names");

    assertThat(lines("SELECT n FROM sales")).containsExactly("1");
    assertThat(lines("SELECT sales.names.name FROM sales.names")).containsExactly("a");
  }

  @Test
  void oldFilesAreReadWithTheColumnsOfToday() {
    Struct place = new Struct(List.of(new Column("town", Primitive.TEXT)));
    TableSchema before =
        TableSchema.of(
            new Column("i", Primitive.INTEGER),
            new Column("f", Primitive.FLOAT),
            new Column("d", new Decimal(9, 2)),
            new Column("place", place),
            new Column("tags", new ListOf(Primitive.TEXT)),
            new Column("gone", Primitive.TEXT));
    PhysicalTable table = create("t_1", TableLayout.of(before));
    append(
        table,
        "SELECT 1 AS i, 0.5 AS f, 1.25 AS d, {'town': 'Jeju'} AS place, ['x'] AS tags, 'g' AS gone");
    TableVersion first = head(table);
    TableSchema after =
        TableSchema.of(
            new Column("added", Primitive.DATE),
            new Column("number", Primitive.BIGINT),
            new Column("f", Primitive.DOUBLE),
            new Column("d", new Decimal(18, 2)),
            new Column("home", place),
            new Column("tags", new ListOf(Primitive.TEXT)));
    warehouse.table(table).evolve(after, Map.of("number", "i", "home", "place"));
    append(
        table, "SELECT DATE '2024-01-01' AS added, 3000000000 AS number, 0.1::DOUBLE AS f, 2 AS d");

    bind(table);
    assertThat(session.describe("SELECT * FROM t")).isEqualTo(after);
    assertThat(lines("SELECT * FROM t ORDER BY number"))
        .containsExactly(
            "null|1|0.5|1.25|{town=Jeju}|[x]", "2024-01-01|3000000000|0.1|2.00|null|null");
    session.bind(T, new Input.Whole(first), Set.of());
    assertThat(session.describe("SELECT * FROM t")).isEqualTo(before);
    assertThat(lines("SELECT * FROM t")).containsExactly("1|0.5|1.25|{town=Jeju}|[x]|g");
    // A name that was given up and taken again is another column.
    warehouse
        .table(table)
        .evolve(
            TableSchema.of(
                new Column("number", Primitive.BIGINT), new Column("gone", Primitive.TEXT)),
            Map.of());
    append(table, "SELECT 5 AS number, 'new' AS gone");
    bind(table);
    assertThat(lines("SELECT number, gone FROM t ORDER BY number"))
        .containsExactly("1|null", "5|new", "3000000000|null");
  }

  @Test
  void changesAreWhatCameAndWhatWent() {
    PhysicalTable table = people();
    append(table, "SELECT range AS id, 'old' AS name FROM range(10, 20)");
    TableVersion from = head(table);
    write(table, new ReplaceKeys(List.of("id"), "SELECT 11"), "SELECT 11 AS id, 'new' AS name");
    append(table, "SELECT 99 AS id, 'short' AS name");
    write(
        table,
        new ReplaceKeys(List.of("id"), "SELECT 99"),
        "SELECT 1 AS id, 'x' AS name WHERE false");
    TableVersion to = head(table);
    append(table, "SELECT 100 AS id, 'later' AS name");

    session.bind(TableName.of("added"), new Input.Added(from, to), Set.of("_batch"));
    session.bind(TableName.of("removed"), new Input.Removed(from, to), Set.of());
    session.bind(TableName.of("none"), new Input.Removed(to, head(table)), Set.of());

    assertThat(lines("SELECT * FROM added")).containsExactly("11|new|null");
    assertThat(lines("SELECT * FROM removed")).containsExactly("11|old");
    assertThat(lines("SELECT * FROM none")).isEmpty();
    KithException unknown = fault(() -> session.bind(T, new Input.Added(to, from), Set.of()));
    assertThat(unknown.code()).isEqualTo(EngineCode.CHANGES_UNKNOWN);
  }

  @Test
  void compactionKeepsTheRowsAndIsNoChange() {
    PhysicalTable table =
        create("people_2", new TableLayout(PEOPLE, List.of(), List.of("id"), List.of("id")));
    for (int i = 0; i < 15; i++) {
      append(table, "SELECT %d + range * 100 AS id, 'n' AS name FROM range(10)".formatted(i));
    }
    TableVersion early = head(table);
    String changed = "SELECT CASE id WHEN 7 THEN 'm' ELSE name END AS name, id FROM t";
    bind(table);
    assertThat(write(table, new Synchronise(List.of("id")), changed).rowsAdded()).isEqualTo(1);
    append(table, "SELECT 5000 AS id, 'late' AS name");
    TableVersion before = head(table);
    List<String> rows = content(table);

    assertThat(session.compact(table)).isPresent();

    TableVersion after = head(table);
    assertThat(content(table)).isEqualTo(rows);
    assertThat(warehouse.table(table).scan(after.snapshotId())).hasSize(1);
    session.bind(T, new Input.Added(before, after), Set.of());
    assertThat(lines("SELECT * FROM t")).isEmpty();
    session.bind(T, new Input.Added(early, after), Set.of());
    assertThat(lines("SELECT count(*) FROM t")).containsExactly("2");
    assertThat(session.compact(table)).isEmpty();
    append(table, "SELECT 6000 AS id");
    session.bind(T, new Input.Added(before, head(table)), Set.of());
    assertThat(lines("SELECT id FROM t")).containsExactly("6000");
  }

  @Test
  void temporaryRowsLastUntilTheyAreDropped() throws IOException {
    session.materialise("kept", "SELECT range AS i FROM range(3) -- three");
    session.materialise("kept", "SELECT i + 1 AS i FROM kept");
    Path file = project.resolve("it's [odd].parquet");
    session.export("SELECT * FROM kept ORDER BY i", file, ExportFormat.PARQUET);
    session.bindFiles("files", List.of(file));

    assertThat(lines("SELECT i, filename, file_row_number FROM files ORDER BY i"))
        .containsExactly("1|" + file + "|0", "2|" + file + "|1", "3|" + file + "|2");
    session.drop("kept");
    session.drop("files");
    session.drop("never there");
    assertThat(fault(() -> rows("SELECT * FROM kept")).code())
        .isEqualTo(EngineCode.STATEMENT_FAILED);
    assertThat(fault(() -> rows("SELECT * FROM files")).code())
        .isEqualTo(EngineCode.STATEMENT_FAILED);
  }

  @Test
  void unorderedExportsHaveTheSameRows() {
    Path file = project.resolve("unordered.parquet");
    String sql = "SELECT range AS i FROM range(300000) ORDER BY range DESC";
    assertThat(session.exportUnordered("SELECT 1 AS i", file, ExportFormat.PARQUET)).isEqualTo(1);

    assertThat(session.exportUnordered(sql, file, ExportFormat.PARQUET)).isEqualTo(300_000);

    session.bindFiles("files", List.of(file));
    assertThat(lines("SELECT count(DISTINCT i), min(i), max(i) FROM files"))
        .containsExactly("300000|0|299999");
  }

  @Test
  void exportsAreFilesForOthers() throws IOException {
    String sql =
        "SELECT 1 AS a, 'x,\"y\"' AS b, NULL AS c UNION ALL SELECT 2, '이', DATE '2024-01-01' ORDER BY a";
    Path csv = project.resolve("rows.csv");
    Path json = project.resolve("rows.ndjson");

    assertThat(session.export(sql, csv, ExportFormat.CSV)).isEqualTo(2);
    assertThat(session.export(sql, json, ExportFormat.NDJSON)).isEqualTo(2);

    assertThat(Files.readAllLines(csv))
        .containsExactly("a,b,c", "1,\"x,\"\"y\"\"\",", "2,이,2024-01-01");
    assertThat(Files.readAllLines(json))
        .containsExactly(
            "{\"a\":1,\"b\":\"x,\\\"y\\\"\",\"c\":null}",
            "{\"a\":2,\"b\":\"이\",\"c\":\"2024-01-01\"}");
  }

  @Test
  void sessionsDoNotSeeEachOther() {
    session.materialise("mine", "SELECT 1 AS a");
    try (Session other = engine.open(ZoneId.of("America/New_York"))) {
      assertThat(fault(() -> other.describe("SELECT * FROM mine")).code())
          .isEqualTo(EngineCode.STATEMENT_FAILED);
      try (Rows rows =
          other.query("SELECT date_trunc('day', TIMESTAMPTZ '2024-01-01 12:00:00+00')::VARCHAR")) {
        rows.next();
        assertThat(rows.value(0)).isEqualTo("2024-01-01 00:00:00-05");
      }
    }
    assertThat(lines("SELECT date_trunc('day', TIMESTAMPTZ '2024-01-01 12:00:00+00')::VARCHAR"))
        .containsExactly("2024-01-01 00:00:00+09");
  }

  @Test
  void rowsStreamWhileOtherStatementsRun() {
    PhysicalTable table = people();
    try (Rows rows =
        session.query("SELECT range AS i, 'text ' || range AS s FROM range(1000000)")) {
      session.materialise("m", "SELECT 1 AS a");
      append(table, "SELECT 2 AS id");
      long count = 0;
      while (rows.next()) {
        assertThat(rows.value(0)).isNotNull();
        count++;
      }
      assertThat(count).isEqualTo(1_000_000);
    }
    assertThat(lines("SELECT a FROM m")).containsExactly("1");
  }

  @Test
  void onlySingleSelectsRunAndFilesAreOutOfReach() throws IOException {
    PhysicalTable table = people();
    bind(table);
    Path secret = Files.writeString(project.resolve("secret.csv"), "a\n1\n");

    for (String sql :
        List.of(
            "SELECT 1; SELECT 2",
            "DROP VIEW t",
            "SET threads = 1",
            "SELECT 1; DROP VIEW t",
            "ATTACH 'x.db'",
            "",
            "SELECT * FROM read_csv('" + secret + "')",
            "SELECT * FROM '" + secret + "'",
            "SELECT * FROM read_text('/etc/hostname')",
            "SELECT 1) TO 'x.csv'; COPY (SELECT 2")) {
      assertThat(fault(() -> rows(sql))).as(sql).isNotNull();
      assertThat(fault(() -> session.describe(sql))).as(sql).isNotNull();
      assertThat(fault(() -> append(table, sql))).as(sql).isNotNull();
      assertThat(fault(() -> session.materialise("m", sql))).as(sql).isNotNull();
      assertThat(fault(() -> session.export(sql, project.resolve("x"), ExportFormat.CSV)))
          .as(sql)
          .isNotNull();
    }
    assertThat(lines("SELECT id FROM t")).containsExactly("1");
  }
}
