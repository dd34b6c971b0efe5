package dev.kith.sources;

import dev.kith.engine.Session;
import dev.kith.lake.Warehouse;
import dev.kith.model.Located;
import dev.kith.model.definition.ProjectSettings;
import dev.kith.model.definition.SourceDefinition;
import dev.kith.model.definition.SourceDefinition.Origin;
import dev.kith.model.type.Column;
import dev.kith.model.type.DataType;
import dev.kith.model.type.TableSchema;
import dev.kith.sources.file.FilePlan;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The columns of a source's relations, before and after its rows are read. */
public final class SourceSchemas {

  private SourceSchemas() {}

  /**
   * The source's own columns: as pinned in its table, with the names of now, else as declared and
   * as a look at the start of the source shows.
   *
   * @param tables that have what was read
   * @param session asked for only if the source has to be looked into; the caller closes it
   * @throws dev.kith.model.KithException if it has to be looked into and cannot be read
   */
  public static TableSchema columns(
      SourceDefinition source,
      SourceTables tables,
      Warehouse warehouse,
      Path project,
      ProjectSettings settings,
      Clock clock,
      Supplier<Session> session) {
    Optional<TableSchema> pinned = SourceState.of(tables, warehouse).pinned(source);
    KnownColumns known = new KnownColumns(source, pinned);
    if (pinned.isEmpty()) {
      look(
          source,
          new IngestContext(
              session.get(),
              warehouse,
              project,
              settings,
              clock,
              tables,
              "",
              "",
              false,
              IngestListener.NONE),
          known);
    }
    return known.schema();
  }

  /**
   * The source's own columns as pinned in its table, with the names of now; nothing before that.
   */
  public static Optional<TableSchema> pinned(SourceDefinition source, Warehouse warehouse) {
    return SourceState.of(SourceTables.of(source), warehouse)
        .pinned(source)
        .map(schema -> new KnownColumns(source, Optional.of(schema)).schema());
  }

  /** The source's own columns, with the names of now, in a table that has them. */
  public static TableSchema columns(SourceDefinition source, TableSchema stored) {
    return new KnownColumns(source, Optional.of(SourceState.own(stored, source))).schema();
  }

  /** Those of the source's own columns whose types its definition says. */
  public static TableSchema declared(SourceDefinition source) {
    KnownColumns known = new KnownColumns(source, Optional.empty());
    Stream.of(source.at(), source.changedAt())
        .flatMap(Optional::stream)
        .map(Located::value)
        .filter(name -> known.find(name) == null)
        .forEach(name -> known.add(new Column(name, DataType.Primitive.INSTANT)));
    return known.schema();
  }

  private static void look(SourceDefinition source, IngestContext context, KnownColumns known) {
    if (source.from() instanceof Origin.Files files) {
      FilePlan plan =
          FilePlan.of(files, context.project(), Map.of(), false, context.clock().instant());
      if (ParquetIntake.isFor(source, plan)) {
        new ParquetIntake(source, files, context, known).look(plan);
        return;
      }
      try (Rejects rejects = new Rejects(context.session(), source)) {
        new TextIntake(source, files, context, known, rejects).look(plan);
      }
    } else if (source.from() instanceof Origin.Database database) {
      try (Rejects rejects = new Rejects(context.session(), source)) {
        new DatabaseIntake(source, database, context, known, rejects).look();
      }
    }
  }

  /** The columns of the table of events, or of the current rows of an entity, hidden ones too. */
  public static TableSchema rows(TableSchema columns) {
    return with(columns, EventColumns.ALL);
  }

  /** The columns of the history of an entity, hidden ones too. */
  public static TableSchema history(TableSchema columns) {
    return with(columns, HistoryColumns.ALL);
  }

  /** The columns of the table of rejected rows, hidden ones too. */
  public static TableSchema rejected() {
    return Rejects.SCHEMA;
  }

  private static TableSchema with(TableSchema columns, List<Column> added) {
    List<Column> all = new ArrayList<>(columns.columns());
    all.addAll(added);
    return new TableSchema(all);
  }
}
