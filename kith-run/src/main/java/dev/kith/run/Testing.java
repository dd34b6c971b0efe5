package dev.kith.run;

import dev.kith.engine.Engine;
import dev.kith.engine.Session;
import dev.kith.lake.Warehouse;
import dev.kith.lake.WarehouseLocation;
import dev.kith.model.Problems;
import dev.kith.model.TableName;
import dev.kith.model.definition.ProjectSettings;
import dev.kith.model.definition.SourceDefinition;
import dev.kith.model.definition.TestDefinition;
import dev.kith.model.type.TableSchema;
import dev.kith.run.graph.Blueprint;
import dev.kith.run.graph.Resolver;
import dev.kith.run.testing.TestOutcome;
import dev.kith.run.testing.TestSchemas;
import dev.kith.run.testing.TestSuite;
import dev.kith.sources.SourceSchemas;
import dev.kith.sources.SourceTables;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Runs tests over an empty warehouse that is thrown away. The project's own is only asked for the
 * columns of sources, and not made if it is not there.
 */
final class Testing {

  private final Workspace workspace;
  private final EngineFactory engines;
  private final Problems problems = new Problems();

  Testing(Workspace workspace, EngineFactory engines) {
    this.workspace = workspace;
    this.engines = engines;
  }

  List<TestOutcome> run(List<TestDefinition> tests, Consumer<TestOutcome> listener) {
    problems.addAll(workspace.faultsOfReading());
    problems.throwIfErrors();
    ProjectSettings settings = workspace.project().settings();
    try (ScratchFolder scratch = ScratchFolder.create();
        Warehouse nowhere =
            Warehouse.open(WarehouseLocation.of(scratch.path(), Path.of("w")), workspace.clock());
        Engine engine = engines.open(nowhere, settings, workspace.folder())) {
      TestSuite suite = suite(tests, nowhere, engine);
      problems.throwIfErrors();
      return suite.run(engine, listener);
    }
  }

  private TestSuite suite(List<TestDefinition> tests, Warehouse nowhere, Engine engine) {
    ProjectSettings settings = workspace.project().settings();
    TestSchemas schemas =
        new TestSchemas(workspace.project(), this::pinned, source -> look(source, nowhere, engine));
    Map<TableName, TableSchema> columns = schemas.sources();
    Blueprint blueprint =
        new Resolver(workspace.analyzer(), problems)
            .resolve(workspace.project(), columns, workspace.broken());
    return TestSuite.of(
        tests,
        blueprint,
        schemas.unknown(),
        workspace.folder(),
        settings.timezone(),
        workspace.analyzer(),
        workspace.clock(),
        problems);
  }

  private TableSchema look(SourceDefinition source, Warehouse nowhere, Engine engine) {
    ProjectSettings settings = workspace.project().settings();
    try (Session session = engine.open(settings.timezone())) {
      return SourceSchemas.columns(
          source,
          SourceTables.of(source),
          nowhere,
          workspace.folder(),
          settings,
          workspace.clock(),
          () -> session);
    }
  }

  private Optional<TableSchema> pinned(SourceDefinition source) {
    Path folder = Path.of(workspace.project().settings().warehouse());
    boolean exists = Files.exists(WarehouseLocation.of(workspace.folder(), folder).database());
    return exists ? SourceSchemas.pinned(source, workspace.warehouse()) : Optional.empty();
  }
}
