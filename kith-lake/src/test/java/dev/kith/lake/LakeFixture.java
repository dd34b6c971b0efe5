package dev.kith.lake;

import dev.kith.model.type.Column;
import dev.kith.model.type.DataType.Primitive;
import dev.kith.model.type.TableSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/** A warehouse in a temporary folder, and DuckDB to write and read its Parquet files. */
final class LakeFixture implements AutoCloseable {

  static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-01T00:00:00Z"), ZoneOffset.UTC);
  static final PhysicalTable ORDERS = new PhysicalTable("orders_1f3a9c2e");
  static final TableSchema SCHEMA =
      TableSchema.of(
          new Column("id", Primitive.BIGINT),
          new Column("at", Primitive.INSTANT),
          new Column("note", Primitive.TEXT));

  final Path project;
  final Warehouse warehouse;
  private final Connection duckdb;

  /** Files never change, so each is read once. */
  private final Map<Path, List<StoredRow>> contents = new HashMap<>();

  LakeFixture(Path project) {
    this(project, location(project).folder().toString());
  }

  /** As it would be had it been made with its warehouse at {@code recordedRoot}. */
  LakeFixture(Path project, String recordedRoot) {
    this.project = project;
    this.warehouse = Warehouse.open(location(project), CLOCK, recordedRoot);
    try {
      this.duckdb = DriverManager.getConnection("jdbc:duckdb:");
      execute("SET TimeZone = 'UTC'");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  static WarehouseLocation location(Path project) {
    return WarehouseLocation.of(project, Path.of(".kith/warehouse"));
  }

  static Provenance provenance(String run) {
    return new Provenance(
        run, "definition-1", Map.of(), Optional.empty(), Optional.empty(), Optional.empty());
  }

  static RunStart run(String id) {
    return new RunStart(
        id, Release.PRODUCTION, "run", "anna", "0.1.0", "duckdb 2.0", Optional.empty());
  }

  LakeTable orders() {
    return warehouse.openOrCreate(ORDERS, TableLayout.of(SCHEMA));
  }

  /** Writes the rows of a query, which names the table's columns in order. */
  WrittenFile write(LakeTable table, String query, Object... partition) {
    Path file = table.dataFolder().resolve(UUID.randomUUID() + ".parquet");
    try {
      Files.createDirectories(file.getParent());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String ids =
        table.icebergSchema().columns().stream()
            .map(LakeFixture::fieldId)
            .collect(Collectors.joining(", "));
    execute(
        "COPY ("
            + query
            + ") TO '"
            + file
            + "' (FORMAT parquet, COMPRESSION zstd, FIELD_IDS {"
            + ids
            + "})");
    return new WrittenFile(file, List.of(partition));
  }

  private static String fieldId(Types.NestedField field) {
    return "\"" + field.name() + "\": " + fieldId(field.fieldId(), field.type());
  }

  /** As DuckDB wants it: ids of nested fields in a struct beside the field's own. */
  private static String fieldId(int id, Type type) {
    if (type.isPrimitiveType()) {
      return Integer.toString(id);
    }
    StringBuilder text = new StringBuilder("{__duckdb_field_id: " + id);
    for (Types.NestedField field : type.asNestedType().fields()) {
      text.append(", \"" + field.name() + "\": " + fieldId(field.fieldId(), field.type()));
    }
    return text + "}";
  }

  /** A file with rows of the given ids, noted with the batch. */
  WrittenFile ids(LakeTable table, String batch, Collection<Long> ids) {
    String values = ids.stream().map(id -> "(" + id + ")").collect(Collectors.joining(", "));
    return write(
        table,
        "SELECT id::BIGINT AS id, TIMESTAMPTZ '2026-01-01' + id * INTERVAL 1 HOUR AS at, '"
            + batch
            + "' AS note FROM (VALUES "
            + values
            + ") v(id)");
  }

  /** Rewrites a group as its contract says. */
  WrittenFile compacted(LakeTable table, CompactionGroup group) {
    List<String> parts = new ArrayList<>();
    for (ScanFile file : group.files()) {
      List<String> positions = new ArrayList<>();
      file.deleted().forEach(position -> positions.add(Long.toString(position)));
      String deleted =
          positions.isEmpty()
              ? ""
              : " WHERE file_row_number NOT IN (" + String.join(",", positions) + ")";
      boolean stored = columns(file.path()).contains("_row_id");
      String rowId = file.firstRowId().orElseThrow() + " + file_row_number";
      parts.add(
          "SELECT id, \"at\", note, "
              + (stored ? "coalesce(_row_id, " + rowId + ")" : "(" + rowId + ")::BIGINT")
              + " AS _row_id, "
              + (stored
                  ? "coalesce(_last_updated_sequence_number, " + file.dataSequenceNumber() + ")"
                  : file.dataSequenceNumber() + "::BIGINT")
              + " AS _last_updated_sequence_number FROM read_parquet('"
              + file.path()
              + "', file_row_number = true)"
              + deleted);
    }
    Path file = table.dataFolder().resolve(UUID.randomUUID() + "-compacted.parquet");
    String ids =
        table.icebergSchema().columns().stream()
            .map(LakeFixture::fieldId)
            .collect(Collectors.joining(", "));
    execute(
        "COPY (SELECT * FROM ("
            + String.join(" UNION ALL ", parts)
            + ") ORDER BY hash(id)) TO '"
            + file
            + "' (FORMAT parquet, FIELD_IDS {"
            + ids
            + ", _row_id: "
            + CompactionGroup.ROW_ID_FIELD
            + ", _last_updated_sequence_number: "
            + CompactionGroup.LAST_UPDATED_FIELD
            + "})");
    return new WrittenFile(file, group.partition());
  }

  /** The live rows of a snapshot: row id to "id:note". */
  Map<Long, String> rows(LakeTable table, long snapshot) {
    Map<Long, String> rows = new TreeMap<>();
    table.scan(snapshot).forEach(file -> rows.putAll(rows(ChangedFile.all(file))));
    return rows;
  }

  /** The rows that a change names, by row id; read as an engine would. */
  Map<Long, String> rows(ChangedFile change) {
    ScanFile file = change.file();
    Map<Long, String> rows = new TreeMap<>();
    RowPositions deleted = file.deleted();
    List<StoredRow> stored = contents.computeIfAbsent(file.path(), this::read);
    for (int position = 0; position < stored.size(); position++) {
      StoredRow row = stored.get(position);
      long at = position;
      long rowId = row.rowId() == null ? file.firstRowId().orElseThrow() + at : row.rowId();
      long updated = row.updated() == null ? file.dataSequenceNumber() : row.updated();
      boolean chosen =
          change.positions().map(some -> some.contains(at)).orElse(!deleted.contains(at));
      if (chosen
          && updated > change.updatedAfter().orElse(Long.MIN_VALUE)
          && updated <= change.updatedUpTo().orElse(Long.MAX_VALUE)) {
        String before = rows.put(rowId, row.text());
        if (before != null) {
          throw new AssertionError("row id twice: " + rowId);
        }
      }
    }
    return rows;
  }

  private record StoredRow(String text, @Nullable Long rowId, @Nullable Long updated) {}

  private List<StoredRow> read(Path file) {
    boolean stored = columns(file).contains("_row_id");
    String extra = stored ? "_row_id, _last_updated_sequence_number" : "NULL::BIGINT, NULL::BIGINT";
    List<StoredRow> rows = new ArrayList<>();
    query(
        "SELECT id, note, "
            + extra
            + " FROM read_parquet('"
            + file
            + "', file_row_number = true) ORDER BY file_row_number",
        row ->
            rows.add(
                new StoredRow(
                    row.getLong(1) + ":" + row.getString(2),
                    row.getObject(3, Long.class),
                    row.getObject(4, Long.class))));
    return rows;
  }

  List<String> columns(Path file) {
    List<String> names = new ArrayList<>();
    query("SELECT name FROM parquet_schema('" + file + "')", row -> names.add(row.getString(1)));
    return names;
  }

  /** Positions in a file of the rows whose id is among these. */
  RowPositions positions(ScanFile file, Collection<Long> ids) {
    RowPositions positions = RowPositions.none();
    query(
        "SELECT file_row_number, id FROM read_parquet('"
            + file.path()
            + "', file_row_number = true)",
        row -> {
          if (ids.contains(row.getLong(2))) {
            positions.add(row.getLong(1));
          }
        });
    return positions;
  }

  interface RowReader {
    void read(ResultSet row) throws SQLException;
  }

  void query(String sql, RowReader reader) {
    try (Statement statement = duckdb.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        reader.read(rows);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  void execute(String sql) {
    try (Statement statement = duckdb.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  @Override
  public void close() {
    warehouse.close();
    try {
      duckdb.close();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
