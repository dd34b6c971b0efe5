package dev.kith.run.build;

import dev.kith.engine.Session;
import dev.kith.lake.ReleaseEntry;
import dev.kith.lake.Snapshot;
import dev.kith.lake.TableHead;
import dev.kith.lake.TableVersion;
import dev.kith.model.Diagnostic;
import dev.kith.model.KithException;
import dev.kith.model.TableName;
import dev.kith.model.definition.SourceDefinition;
import dev.kith.model.definition.SourceDefinition.Kind;
import dev.kith.run.change.DefinitionRecords;
import dev.kith.run.event.RunEvent;
import dev.kith.run.event.RunListener;
import dev.kith.run.fault.RunCode;
import dev.kith.run.graph.Node;
import dev.kith.run.graph.SourceRelations;
import dev.kith.run.plan.Released;
import dev.kith.run.plan.SourcePlaces;
import dev.kith.run.plan.Versions;
import dev.kith.sources.IngestContext;
import dev.kith.sources.IngestReport;
import dev.kith.sources.Ingestion;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/** Reads what is new of each source, and takes note of the versions that came of it. */
public final class SourceStage {

  private final Surroundings place;
  private final SourcePlaces places;
  private final DefinitionRecords definitions;
  private final String run;
  private final RunListener listener;
  private final Versions versions;
  private final Map<TableName, ReleaseEntry> entries;

  public SourceStage(
      Surroundings place,
      SourcePlaces places,
      DefinitionRecords definitions,
      String run,
      RunListener listener,
      Versions versions,
      Map<TableName, ReleaseEntry> entries) {
    this.place = place;
    this.places = places;
    this.definitions = definitions;
    this.run = run;
    this.listener = listener;
    this.versions = versions;
    this.entries = entries;
  }

  /** Reads what is new, unless production has done so; whether there was anything. */
  public boolean ingest(Node.SourceNode node) {
    SourceDefinition source = node.definition();
    Map<TableName, ReleaseEntry> borrowed = places.borrowed(source);
    if (!borrowed.isEmpty()) {
      Released.note(borrowed, versions);
      entries.putAll(borrowed);
      listener.on(
          new RunEvent.UpToDate(
              source.name(), rows(Objects.requireNonNull(borrowed.get(source.name())))));
      return false;
    }
    Instant begin = place.clock().instant();
    listener.on(new RunEvent.Started(source.name(), "looking for what is new"));
    IngestReport report;
    try (Session session = new DeferredSession(() -> place.engine().open(place.zone()))) {
      report =
          Ingestion.run(
              source,
              new IngestContext(
                  session,
                  place.warehouse(),
                  place.folder(),
                  place.settings(),
                  place.clock(),
                  places.tables(source),
                  run,
                  places.definition(source),
                  false,
                  this::reading));
    }
    long rows = note(source, report);
    if (report.committed()) {
      definitions.record(node, places.definition(source));
      listener.on(
          new RunEvent.Ingested(
              source.name(),
              counts(source, report),
              rows,
              report.warnings().stream().map(Diagnostic::message).toList(),
              Duration.between(begin, place.clock().instant())));
    } else {
      if (!report.warnings().isEmpty()) {
        listener.on(new RunEvent.Warned(report.warnings()));
      }
      listener.on(new RunEvent.UpToDate(source.name(), rows));
    }
    return report.committed();
  }

  private void reading(TableName source, String what, long rows) {
    place.stop().check();
    listener.on(new RunEvent.Progress(source, "%,d rows from %s".formatted(rows, what), -1));
  }

  private long rows(ReleaseEntry entry) {
    return place.warehouse().table(entry.table()).snapshot(entry.snapshotId()).totals().rows();
  }

  private static RunEvent.IngestCounts counts(SourceDefinition source, IngestReport report) {
    IngestReport.Counts counts = report.counts();
    String input =
        source.from() instanceof SourceDefinition.Origin.Database database
            ? "connection '" + database.connection().value() + "'"
            : counts.files() + (counts.files() == 1 ? " file" : " files");
    return new RunEvent.IngestCounts(
        input,
        counts.read(),
        counts.added() + counts.updated(),
        counts.duplicates(),
        counts.rejected(),
        counts.deleted(),
        counts.bytes());
  }

  private long note(SourceDefinition source, IngestReport report) {
    TableVersion version =
        report
            .rows()
            .orElseThrow(
                () ->
                    KithException.project(
                        RunCode.SOURCE_SCHEMA_UNKNOWN,
                        source.name().toString(),
                        "Cannot tell the columns of '"
                            + source.name()
                            + "': nothing was ever read"));
    long rows;
    if (source.kind() == Kind.ENTITY) {
      note(SourceRelations.history(source), version, ReleaseEntry.Kind.HISTORY, false);
      rows = note(source.name(), version, ReleaseEntry.Kind.CURRENT_OF_HISTORY, true);
    } else {
      rows = note(source.name(), version, ReleaseEntry.Kind.TABLE, false);
    }
    report
        .rejected()
        .ifPresent(
            rejected -> note(source.rejected(), rejected, ReleaseEntry.Kind.REJECTED, false));
    return rows;
  }

  private long note(TableName name, TableVersion version, ReleaseEntry.Kind kind, boolean current) {
    TableHead.Latest head =
        place.warehouse().head(version.table()).flatMap(TableHead::latest).orElseThrow();
    Snapshot snapshot = head.snapshot();
    versions.put(name, version.table(), snapshot, current);
    entries.put(name, new ReleaseEntry(version.table(), snapshot.id(), head.schema(), kind));
    return snapshot.totals().rows();
  }
}
