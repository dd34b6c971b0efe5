package dev.kith.engine.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.engine.Engine;
import dev.kith.engine.Session;
import dev.kith.engine.WriteMode;
import dev.kith.engine.WriteMode.ReplaceKeys;
import dev.kith.engine.WriteRequest;
import dev.kith.lake.LakeTable;
import dev.kith.lake.PhysicalTable;
import dev.kith.lake.Provenance;
import dev.kith.lake.TableLayout;
import dev.kith.lake.Warehouse;
import dev.kith.lake.WarehouseLocation;
import dev.kith.model.type.Column;
import dev.kith.model.type.DataType.Primitive;
import dev.kith.model.type.TableSchema;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.duckdb.DuckDBConnection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That DuckDB can plan joins: it has to know how many rows a scan gives, about. */
class ScanTest {

  private static final PhysicalTable TABLE = new PhysicalTable("t_1");

  @TempDir private Path project;
  private Warehouse warehouse;
  private Engine engine;
  private Session session;
  private LakeTable table;

  @BeforeEach
  void open() {
    warehouse = Warehouse.open(WarehouseLocation.of(project, Path.of("w")), Clock.systemUTC());
    engine = DuckDbEngine.open(warehouse, DuckDbLimits.of(project.resolve("temporary")));
    session = engine.open(ZoneOffset.UTC);
    table =
        warehouse.create(TABLE, TableLayout.of(TableSchema.of(new Column("n", Primitive.BIGINT))));
  }

  @AfterEach
  void close() {
    session.close();
    engine.close();
    warehouse.close();
  }

  @Test
  void duckDbKnowsHowManyRowsThereAre() throws SQLException {
    append(10);
    append(50_000);
    assertThat(estimate()).isBetween(50_000L, 200_000L);

    table.evolve(
        TableSchema.of(new Column("n", Primitive.BIGINT), new Column("m", Primitive.TEXT)),
        Map.of());
    append(70_000);
    assertThat(scan().sql())
        .as("one read with ids for the old files, one without")
        .containsOnlyOnce("schema = MAP")
        .containsOnlyOnce("UNION ALL");
  }

  @Test
  void aJoinWithDeletedPositionsKeepsTheseAtHandAndNotTheRows() throws SQLException {
    append(50_000);
    append(60_000);
    write("SELECT 7 AS n", new ReplaceKeys(List.of("n"), "SELECT 7", false));
    for (Scan.Layer layer : Scan.Layer.values()) {
      assertThat(sidesAtHand(layer)).as(layer.toString()).isNotEmpty().allMatch("SEQ_SCAN"::equals);
    }
  }

  private void append(int rows) {
    write("SELECT range AS n FROM range(" + rows + ")", new WriteMode.Append());
  }

  private void write(String sql, WriteMode mode) {
    session.write(
        new WriteRequest(
            TABLE,
            sql,
            mode,
            new Provenance(
                "run",
                "definition",
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()),
            false));
  }

  /** What a scan's joins read as their second inputs, of which they make hash tables. */
  private List<String> sidesAtHand(Scan.Layer layer) throws SQLException {
    try (var connection =
            DriverManager.getConnection("jdbc:duckdb:").unwrap(DuckDBConnection.class);
        var statement = connection.createStatement()) {
      statement.execute("CREATE SCHEMA " + PositionTables.SCHEMA);
      try (var plan =
          statement.executeQuery("EXPLAIN (FORMAT json) " + scan(layer, connection).sql())) {
        plan.next();
        Matcher parts =
            Pattern.compile("\"name\": \"([^\"]+)\"|Join Type").matcher(plan.getString(2));
        List<String> sides = new ArrayList<>();
        String last = "";
        while (parts.find()) {
          if (parts.group(1) == null) {
            sides.add(last);
          } else {
            last = parts.group(1);
          }
        }
        return sides;
      }
    }
  }

  private Scan scan() {
    try (var connection =
        DriverManager.getConnection("jdbc:duckdb:").unwrap(DuckDBConnection.class)) {
      return scan(Scan.Layer.ROWS, connection);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private Scan scan(Scan.Layer layer, DuckDBConnection connection) {
    Fields fields = Fields.ofNow(table);
    long head = table.head().orElseThrow().id();
    PositionTables tables = new PositionTables(new Statements(connection), "memory");
    return Scan.of(table.scan(head), fields, fields.names(), layer, tables);
  }

  private long estimate() throws SQLException {
    try (var connection = DriverManager.getConnection("jdbc:duckdb:");
        var statement = connection.createStatement();
        var plan = statement.executeQuery("EXPLAIN " + scan().sql())) {
      plan.next();
      Matcher rows = Pattern.compile("~([\\d,]+) row").matcher(plan.getString(2));
      assertThat(rows.find()).as(plan.getString(2)).isTrue();
      return Long.parseLong(rows.group(1).replace(",", ""));
    }
  }
}
