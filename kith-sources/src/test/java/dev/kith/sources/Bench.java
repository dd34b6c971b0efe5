package dev.kith.sources;

import dev.kith.engine.Input;
import dev.kith.engine.Rows;
import dev.kith.engine.Session;
import dev.kith.engine.WriteMode;
import dev.kith.engine.WriteRequest;
import dev.kith.engine.duckdb.DuckDbEngine;
import dev.kith.engine.duckdb.DuckDbLimits;
import dev.kith.lake.Provenance;
import dev.kith.lake.TableVersion;
import dev.kith.lake.Warehouse;
import dev.kith.lake.WarehouseLocation;
import dev.kith.model.TableName;
import dev.kith.model.definition.EnvironmentSettings;
import dev.kith.model.definition.ProjectSettings;
import dev.kith.model.definition.ProjectSettings.Connection;
import dev.kith.model.definition.SourceDefinition;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPOutputStream;

/** A project folder with a warehouse and an engine, in which sources are ingested. */
final class Bench implements AutoCloseable {

  static final Instant START = Instant.parse("2024-06-01T12:00:00Z");
  private static final Set<String> HIDDEN =
      Set.of("_ingested_at", "_batch", "_origin", "_since_ever");

  final Path project;
  final Warehouse warehouse;
  private final DuckDbEngine engine;
  private final Session session;
  private final Map<String, Connection> connections = new HashMap<>();
  private Instant now = START;
  private int runs;

  Bench(Path project) {
    this.project = project;
    this.warehouse =
        Warehouse.open(
            WarehouseLocation.of(project, Path.of(".kith/warehouse")), Clock.systemUTC());
    this.engine = DuckDbEngine.open(warehouse, DuckDbLimits.of(project.resolve(".kith/tmp")));
    this.session = engine.open(ZoneId.of("Europe/London"));
  }

  Session session() {
    return session;
  }

  void connection(Connection connection) {
    connections.put(connection.name(), connection);
  }

  /** Sets the clock, which else moves by a minute per run. */
  void at(Instant instant) {
    now = instant;
  }

  Path file(String name, String text) {
    return file(name, text, StandardCharsets.UTF_8);
  }

  Path file(String name, String text, Charset charset) {
    return bytes(name, text.getBytes(charset));
  }

  Path gzip(String name, String text) {
    try {
      Path path = bytes(name, new byte[0]);
      try (GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(path))) {
        out.write(text.getBytes(StandardCharsets.UTF_8));
      }
      return path;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  Path bytes(String name, byte[] content) {
    try {
      Path path = project.resolve(name);
      Files.createDirectories(path.getParent());
      return Files.write(path, content);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  IngestReport run(SourceDefinition source) {
    return run(source, false);
  }

  IngestReport run(SourceDefinition source, IngestListener listener) {
    return run(source, false, listener);
  }

  IngestReport run(SourceDefinition source, boolean fullRefresh) {
    return run(source, fullRefresh, IngestListener.NONE);
  }

  private IngestReport run(SourceDefinition source, boolean fullRefresh, IngestListener listener) {
    ProjectSettings settings =
        new ProjectSettings(
            "test",
            ZoneId.of("Europe/London"),
            ProjectSettings.AsOfDefault.TODAY,
            ".kith/warehouse",
            ProjectSettings.Resources.DEFAULT,
            ProjectSettings.Retries.DEFAULT,
            ProjectSettings.Keep.DEFAULT,
            connections,
            Optional.empty(),
            EnvironmentSettings.of(EnvironmentSettings.PRODUCTION));
    IngestContext context =
        new IngestContext(
            session,
            warehouse,
            project,
            settings,
            Clock.fixed(now, ZoneOffset.UTC),
            SourceTables.of(source),
            "run" + ++runs,
            "definition",
            fullRefresh,
            listener);
    now = now.plusSeconds(60);
    return Ingestion.run(source, context);
  }

  /** Commits a rejected row as if the run had been killed just then. */
  void rejectOnly(SourceDefinition source, String batch, String raw) {
    session.write(
        new WriteRequest(
            SourceTables.of(source).rejected(),
            "SELECT '%s' AS raw, '%s' AS _batch".formatted(raw, batch),
            new WriteMode.Append(),
            new Provenance(
                "killed",
                "definition",
                Map.of(),
                Optional.empty(),
                Optional.of(batch),
                Optional.empty()),
            true));
  }

  /** Rows of a query over {@code rows} and {@code rejected}, values joined by a bar. */
  List<String> query(IngestReport report, String sql) {
    bind("rows", report.rows(), HIDDEN);
    bind("rejected", report.rejected(), HIDDEN);
    return query(sql);
  }

  List<String> query(String sql) {
    List<String> result = new ArrayList<>();
    try (Rows rows = session.query(sql)) {
      while (rows.next()) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < rows.schema().columns().size(); i++) {
          values.add(String.valueOf(rows.value(i)));
        }
        result.add(String.join("|", values));
      }
    }
    return result;
  }

  /** Names and types of the table's columns. */
  List<String> columns(IngestReport report) {
    bind("rows", report.rows(), Set.of());
    return session.describe("SELECT * FROM rows").columns().stream()
        .map(column -> column.name() + " " + column.type().sql())
        .toList();
  }

  private void bind(String name, Optional<TableVersion> version, Set<String> exposed) {
    version.ifPresent(each -> session.bind(TableName.of(name), new Input.Whole(each), exposed));
  }

  @Override
  public void close() {
    session.close();
    engine.close();
    warehouse.close();
  }
}
