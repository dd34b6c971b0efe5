package dev.kith.run;

import dev.kith.engine.Session;
import dev.kith.lake.LakeTable;
import dev.kith.lake.ReleaseEntry;
import dev.kith.lake.Snapshot;
import dev.kith.lake.TableVersion;
import dev.kith.model.Diagnostic;
import dev.kith.model.KithException;
import dev.kith.model.TableName;
import dev.kith.model.definition.SourceDefinition;
import dev.kith.model.definition.SourceDefinition.Kind;
import dev.kith.sources.IngestContext;
import dev.kith.sources.IngestReport;
import dev.kith.sources.Ingestion;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** Reads what is new of each source, and takes note of the versions that came of it. */
final class SourceStage {

  private final Workspace workspace;
  private final String run;
  private final RunListener listener;
  private final Versions versions;
  private final Map<TableName, ReleaseEntry> entries;

  SourceStage(
      Workspace workspace,
      String run,
      RunListener listener,
      Versions versions,
      Map<TableName, ReleaseEntry> entries) {
    this.workspace = workspace;
    this.run = run;
    this.listener = listener;
    this.versions = versions;
    this.entries = entries;
  }

  /** Whether there was anything new. */
  boolean ingest(Node.SourceNode node) {
    SourceDefinition source = node.definition();
    Instant begin = workspace.clock().instant();
    listener.on(new RunEvent.Started(source.name(), "looking for what is new"));
    IngestReport report;
    try (Session session = workspace.engine().open(workspace.project().settings().timezone())) {
      report =
          Ingestion.run(
              source,
              new IngestContext(
                  session,
                  workspace.warehouse(),
                  workspace.folder(),
                  workspace.project().settings(),
                  workspace.clock(),
                  run,
                  Fingerprints.of(node, workspace.project().settings().timezone()).hex(),
                  false,
                  (name, what, rows) ->
                      listener.on(
                          new RunEvent.Progress(
                              name, "%,d rows from %s".formatted(rows, what), -1))));
    }
    long rows = note(source, report);
    if (report.committed()) {
      listener.on(
          new RunEvent.Ingested(
              source.name(),
              counts(source, report),
              report.warnings().stream().map(Diagnostic::message).toList(),
              Duration.between(begin, workspace.clock().instant())));
    } else {
      listener.on(new RunEvent.UpToDate(source.name(), rows));
    }
    return report.committed();
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
        counts.deleted());
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
    LakeTable table = workspace.warehouse().table(version.table());
    Snapshot snapshot = table.head().orElseThrow();
    versions.put(name, version.table(), snapshot, current);
    entries.put(
        name, new ReleaseEntry(version.table(), snapshot.id(), table.schema(snapshot.id()), kind));
    return snapshot.totals().rows();
  }
}
