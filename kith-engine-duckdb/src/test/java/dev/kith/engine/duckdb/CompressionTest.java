package dev.kith.engine.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.engine.Engine;
import dev.kith.engine.Session;
import dev.kith.engine.WriteMode;
import dev.kith.engine.WriteRequest;
import dev.kith.lake.Compression;
import dev.kith.lake.LakeTable;
import dev.kith.lake.PhysicalTable;
import dev.kith.lake.Provenance;
import dev.kith.lake.ScanFile;
import dev.kith.lake.TableLayout;
import dev.kith.lake.Warehouse;
import dev.kith.lake.WarehouseLocation;
import dev.kith.model.type.Column;
import dev.kith.model.type.DataType.Primitive;
import dev.kith.model.type.TableSchema;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** That files are packed as a table wants it, those of a compaction as well. */
class CompressionTest {

  private static final PhysicalTable TABLE = new PhysicalTable("t_1");

  @TempDir private Path project;

  @ParameterizedTest
  @EnumSource
  void packsFilesAsTheLayoutSays(Compression compression) throws SQLException {
    try (Warehouse warehouse =
            Warehouse.open(WarehouseLocation.of(project, Path.of("w")), Clock.systemUTC());
        Engine engine =
            DuckDbEngine.open(warehouse, DuckDbLimits.of(project.resolve("temporary")));
        Session session = engine.open(ZoneOffset.UTC)) {
      TableSchema schema = TableSchema.of(new Column("n", Primitive.BIGINT));
      List<String> order = List.of("n");
      LakeTable table =
          warehouse.create(
              TABLE, new TableLayout(schema, List.of(), order, List.of(), compression));
      write(session, new WriteMode.Append(), "SELECT range AS n FROM range(1000)");
      assertThat(codec(table)).isEqualTo(compression.codec());

      WriteMode half = new WriteMode.ReplaceKeys(order, "SELECT range AS n FROM range(500)", false);
      write(session, half, "SELECT 1 AS n");
      assertThat(session.compact(TABLE)).as("half of the rows are deleted").isPresent();

      assertThat(codec(table)).isEqualTo(compression.codec());
      assertThat(table.layout().compression()).isEqualTo(compression);
      assertThat(table.head().orElseThrow().totals().rows()).isEqualTo(501);
    }
  }

  private static void write(Session session, WriteMode mode, String sql) {
    Provenance provenance =
        new Provenance(
            "run", "definition", Map.of(), Optional.empty(), Optional.empty(), Optional.empty());
    session.write(new WriteRequest(TABLE, sql, mode, provenance, false));
  }

  /** As DuckDB reads it from the files themselves; of all columns, the only one. */
  private static String codec(LakeTable table) throws SQLException {
    List<String> paths =
        table.scan(table.head().orElseThrow().id()).stream()
            .map(ScanFile::path)
            .map(Path::toString)
            .toList();
    String sql =
        "SELECT DISTINCT compression FROM parquet_metadata(" + Sql.list(paths) + ") ORDER BY ALL";
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      String codec = rows.getString(1).toLowerCase(Locale.ROOT);
      assertThat(rows.next()).as("files that are packed in another way").isFalse();
      return codec;
    }
  }
}
