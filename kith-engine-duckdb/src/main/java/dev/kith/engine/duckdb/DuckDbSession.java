package dev.kith.engine.duckdb;

import dev.kith.engine.ExportFormat;
import dev.kith.engine.Input;
import dev.kith.engine.RowSink;
import dev.kith.engine.Rows;
import dev.kith.engine.Session;
import dev.kith.engine.WriteOutcome;
import dev.kith.engine.WriteRequest;
import dev.kith.lake.CompactionPolicy;
import dev.kith.lake.LakeTable;
import dev.kith.lake.PhysicalTable;
import dev.kith.lake.Warehouse;
import dev.kith.model.TableName;
import dev.kith.model.type.TableSchema;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.duckdb.DuckDBConnection;

/** A connection with a catalog of its own, in which bound names are views. */
final class DuckDbSession implements Session {

  private final Database database;
  private final Warehouse warehouse;
  private final ZoneId zone;
  private final String catalog;
  private final Statements statements;
  private final StatementGuard guard;
  private final PositionTables tables;
  private final ParquetOutput output;
  private final ForeignFiles foreign;
  private final Exporter exporter;
  private final Map<TableName, List<String>> positionsOfViews = new HashMap<>();

  /** Asking DuckDB which views there are has it bind them all. */
  private final Set<String> views = new HashSet<>();

  private final List<DuckDbRows> results = new CopyOnWriteArrayList<>();
  private final Consumer<DuckDbSession> onClose;
  private boolean watched;

  /**
   * @param onClose hears when the session is closed
   */
  DuckDbSession(
      Database database,
      Warehouse warehouse,
      PartitionKeys partitionKeys,
      ZoneId zone,
      Consumer<DuckDbSession> onClose) {
    this.onClose = onClose;
    this.database = database;
    this.warehouse = warehouse;
    this.zone = zone;
    this.catalog = database.attach();
    this.statements = new Statements(database.connect(catalog, zone, false, false));
    this.guard = new StatementGuard(statements);
    this.tables = new PositionTables(statements, catalog);
    this.output = new ParquetOutput(statements, partitionKeys);
    this.foreign = new ForeignFiles(database.temporary());
    this.exporter = new Exporter(statements, database.temporary());
    statements.execute("a session", "CREATE SCHEMA " + PositionTables.SCHEMA);
  }

  @Override
  public void bind(TableName name, Input input, Set<String> exposed) {
    statements.begin();
    Scan scan = new Inputs(warehouse, tables).scan(input, exposed);
    view(name, scan.sql());
    List<String> before = positionsOfViews.put(name, scan.positions());
    if (before != null) {
      before.forEach(tables::drop);
    }
  }

  @Override
  public void bindView(TableName name, String sql) {
    statements.begin();
    view(name, guard.select(sql));
  }

  @Override
  public TableSchema describe(String sql) {
    statements.begin();
    return ResultSchema.strict(described(guard.select(sql)));
  }

  @Override
  public void materialise(String temporaryName, String sql) {
    statements.begin();
    String select = guard.select(sql);
    statements.execute(
        temporaryName,
        "CREATE OR REPLACE TABLE " + Sql.identifier(temporaryName) + " AS " + select);
  }

  @Override
  public RowSink stage(String temporaryName, TableSchema schema) {
    statements.begin();
    statements.execute(
        temporaryName,
        "CREATE OR REPLACE TABLE %s (%s)".formatted(Sql.identifier(temporaryName), schema.sql()));
    return Staging.into(
        database.connect(catalog, zone, false, false), catalog, temporaryName, schema);
  }

  @Override
  public void bindFiles(String temporaryName, List<Path> parquetFiles) {
    statements.begin();
    statements.execute(
        temporaryName,
        "CREATE OR REPLACE VIEW %s AS %s"
            .formatted(
                Sql.identifier(temporaryName), foreign.parquet(temporaryName, parquetFiles)));
    views.add(temporaryName);
  }

  @Override
  public void drop(String temporaryName) {
    statements.begin();
    String kind = views.remove(temporaryName) ? "VIEW" : "TABLE";
    statements.execute(
        temporaryName, "DROP " + kind + " IF EXISTS " + Sql.identifier(temporaryName));
    foreign.release(temporaryName);
  }

  @Override
  public Rows query(String sql) {
    statements.begin();
    String select = guard.select(sql);
    DuckDBConnection connection = database.connect(catalog, zone, true, watched);
    DuckDbRows rows = DuckDbRows.open(connection, select, zone, statements);
    results.removeIf(DuckDbRows::isClosed);
    results.add(rows);
    return rows;
  }

  @Override
  public WriteOutcome write(WriteRequest request) {
    statements.begin();
    LakeTable table = warehouse.table(request.table());
    List<ResultSchema.Described> source = described(guard.select(request.sql()));
    return new TableWriter(statements, tables, output, zone, request, table, source).write();
  }

  @Override
  public OptionalLong compact(PhysicalTable table) {
    statements.begin();
    return new Compaction(tables, output).compact(warehouse.table(table), CompactionPolicy.DEFAULT);
  }

  @Override
  public long export(String sql, Path file, ExportFormat format) {
    statements.begin();
    return exporter.export(guard.select(sql), file, format, true);
  }

  @Override
  public long exportUnordered(String sql, Path file, ExportFormat format) {
    statements.begin();
    return exporter.export(guard.select(sql), file, format, false);
  }

  @Override
  public void watch() {
    statements.execute("a session", Database.WATCHED);
    watched = true;
  }

  @Override
  public double progress() {
    return statements.progress();
  }

  @Override
  public void cancel() {
    statements.cancel();
    results.forEach(DuckDbRows::stop);
  }

  /** As {@link #cancel}, for good. */
  void stop() {
    statements.stop();
    results.forEach(DuckDbRows::stop);
  }

  @Override
  public void close() {
    onClose.accept(this);
    results.forEach(DuckDbRows::close);
    statements.close();
    database.detach(catalog);
    foreign.close();
  }

  private void view(TableName name, String select) {
    name.schema()
        .ifPresent(
            schema ->
                statements.execute(
                    name.toString(), "CREATE SCHEMA IF NOT EXISTS " + Sql.identifier(schema)));
    statements.execute(
        name.toString(), "CREATE OR REPLACE VIEW " + name.quoted() + " AS " + select);
    views.add(name.toString());
  }

  private List<ResultSchema.Described> described(String select) {
    return statements.query(
        "the query",
        "DESCRIBE " + select,
        rows -> {
          List<ResultSchema.Described> columns = new ArrayList<>();
          while (rows.next()) {
            columns.add(new ResultSchema.Described(rows.getString(1), rows.getString(2)));
          }
          return columns;
        });
  }
}
