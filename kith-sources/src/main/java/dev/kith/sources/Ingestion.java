package dev.kith.sources;

import dev.kith.engine.Rows;
import dev.kith.engine.Session;
import dev.kith.lake.Snapshot;
import dev.kith.lake.TableVersion;
import dev.kith.model.Diagnostic;
import dev.kith.model.KithException;
import dev.kith.model.definition.SourceDefinition;
import dev.kith.model.definition.SourceDefinition.Kind;
import dev.kith.model.definition.SourceDefinition.Origin;
import dev.kith.model.definition.SourceDefinition.RemovedFile;
import dev.kith.model.definition.SourceDefinition.TypeChange;
import dev.kith.model.type.Column;
import dev.kith.sources.SourceLoad.Outcome;
import dev.kith.sources.fault.SourceCode;
import dev.kith.sources.file.FilePlan;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Brings the new rows of a source into the warehouse, exactly once.
 *
 * <p>All that can fail for the data's sake is done on staged rows, before anything is committed: a
 * fault leaves the warehouse as it was. Then rejected rows are committed, then rows and cursor in
 * one commit.
 */
public final class Ingestion {

  private static final String UNFIT = "kith_in_unfit";

  /** Temporary tables that are of no use once the batch is committed. */
  private static final List<String> STEPS =
      Stream.of(List.of(UNFIT, Rejects.TABLE), EventDuplicates.STEPS, HistoryLoad.STEPS)
          .flatMap(List::stream)
          .toList();

  private final SourceDefinition source;
  private final IngestContext context;
  private final Session session;
  private final SourceState state;
  private final SourceCursor cursor;
  private final KnownColumns known;
  private final BatchWriter writer;
  private final List<Diagnostic> warnings = new ArrayList<>();

  private Ingestion(SourceDefinition source, IngestContext context) {
    this.source = source;
    this.context = context;
    this.session = context.session();
    this.state = SourceState.of(context.tables(), context.warehouse());
    this.cursor =
        context.fullRefresh()
            ? new SourceCursor(java.util.Map.of(), Optional.empty(), state.cursor().rejectedBatch())
            : state.cursor();
    this.known = new KnownColumns(source, state.pinned(source));
    Instant now = context.clock().instant().truncatedTo(ChronoUnit.MICROS);
    this.writer =
        new BatchWriter(
            context,
            state.names(),
            now,
            context.run() + "/" + source.name(),
            source.from() instanceof Origin.Database);
  }

  /**
   * Reads what is new of a source.
   *
   * @throws dev.kith.model.KithException with a {@link SourceCode}, the engine's or the lake's
   *     code; then nothing was committed, but for rejected rows that the next run takes away
   * @throws dev.kith.model.ProjectFaultException if the definition does not fit the rows
   */
  public static IngestReport run(SourceDefinition source, IngestContext context) {
    return new Ingestion(source, context).run();
  }

  private IngestReport run() {
    Optional<Snapshot> rejected = writer.rejectedHead(cursor);
    Origin origin = source.from();
    if (origin instanceof Origin.Files files) {
      FilePlan plan =
          FilePlan.of(
              files,
              context.project(),
              cursor.files(),
              state.version().isPresent(),
              context.clock().instant());
      warnings.addAll(plan.warnings());
      EarlierTable.checkInputIsThere(source, context.warehouse(), state, plan);
      boolean removal = files.onRemovedFile() == RemovedFile.DELETE && !plan.removed().isEmpty();
      if (plan.tasks().isEmpty() && !removal) {
        return nothingNew(rejected);
      }
      try (Rejects rejects = new Rejects(session, source)) {
        Intake intake =
            ParquetIntake.isFor(source, plan)
                ? new ParquetIntake(source, files, context, known).read(plan, cursor)
                : new TextIntake(source, files, context, known, rejects).read(plan, cursor);
        return take(intake, rejects);
      }
    }
    try (Rejects rejects = new Rejects(session, source)) {
      Origin.Database database = (Origin.Database) origin;
      return take(
          new DatabaseIntake(source, database, context, known, rejects).read(cursor), rejects);
    }
  }

  private IngestReport nothingNew(Optional<Snapshot> rejected) {
    return new IngestReport(
        source.name(),
        state.version(),
        rejected.map(head -> new TableVersion(state.names().rejected(), head.id())),
        false,
        IngestReport.Counts.NONE,
        warnings);
  }

  private IngestReport take(Intake intake, Rejects rejects) {
    IngestReport report = checkAndWrite(intake, rejects);
    // After a fault they go with the session: a further fault here would hide the first.
    STEPS.forEach(session::drop);
    session.drop(intake.rows().table());
    intake.parts().forEach(session::drop);
    return report;
  }

  private IngestReport checkAndWrite(Intake intake, Rejects rejects) {
    Optional<String> unfit = divertUnfit(intake, rejects);
    SourceLoad load =
        source.kind() == Kind.ENTITY
            ? new HistoryLoad(source, session, state, intake, writer.now())
            : new EventLoad(source, context, state, intake);
    load.check(unfit, rejects);
    rejects.close();
    rejects.checkLimit(intake.read());
    warn(intake);
    if (isNothingNew(intake, load, rejects)) {
      return nothingNew(writer.rejectedHead(cursor));
    }
    writer.prepareTable(state, load.layout(), known.renames());
    Optional<String> rejectedBatch = writer.commitRejected(rejects, cursor);
    SourceCursor next =
        new SourceCursor(intake.next().files(), intake.next().position(), rejectedBatch);
    Outcome outcome = load.write(writer, next);
    SourceState now = SourceState.of(context.tables(), context.warehouse());
    return new IngestReport(
        source.name(),
        now.version(),
        context
            .warehouse()
            .table(state.names().rejected())
            .head()
            .map(head -> new TableVersion(state.names().rejected(), head.id())),
        true,
        new IngestReport.Counts(
            intake.read(),
            outcome.added(),
            outcome.duplicates(),
            rejects.count(),
            outcome.updated(),
            outcome.deleted(),
            intake.files(),
            intake.bytes()),
        warnings);
  }

  /** A database may give only what was read before; a file that was looked into is always news. */
  private boolean isNothingNew(Intake intake, SourceLoad load, Rejects rejects) {
    return source.from() instanceof Origin.Database
        && !context.fullRefresh()
        && state.version().isPresent()
        && intake.next().position().equals(cursor.position())
        && intake.added().isEmpty()
        && load.changesNothing()
        && writer.newRejects(rejects) == 0;
  }

  private Optional<String> divertUnfit(Intake intake, Rejects rejects) {
    List<String> queries = new ArrayList<>();
    intake.unfitSql().ifPresent(queries::add);
    Requirements.query(source, intake.rows(), known, session).ifPresent(queries::add);
    if (queries.isEmpty()) {
      return Optional.empty();
    }
    session.materialise(
        UNFIT,
        "SELECT _file, _line, any_value(reason) AS reason, any_value(column_name) AS column_name FROM (%s) GROUP BY ALL"
            .formatted(String.join(" UNION ALL ", queries)));
    if (intake.unfitSql().isPresent() && source.onTypeChange() == TypeChange.ERROR) {
      stopAtUnfit(intake, intake.unfitSql().get());
    }
    try (Rows rows = session.query("SELECT 1 FROM " + UNFIT + " LIMIT 1")) {
      if (!rows.next()) {
        return Optional.empty();
      }
    }
    intake.raws().divert(session, intake.rows(), UNFIT, rejects);
    return Optional.of(UNFIT);
  }

  private void stopAtUnfit(Intake intake, String unfitSql) {
    try (Rows rows =
        session.query(
            "SELECT %s, reason FROM (%s) ORDER BY _file, _line LIMIT 1"
                .formatted(intake.rows().originSql(), unfitSql))) {
      if (rows.next()) {
        String origin = String.valueOf(rows.value(0));
        throw KithException.project(
                SourceCode.TYPE_CHANGED,
                origin,
                "Cannot read %s: %s".formatted(origin, rows.value(1)))
            .withHelp(RowLoader.TYPE_HELP);
      }
    }
  }

  private void warn(Intake intake) {
    if (intake.read() == 0 && intake.removed().isEmpty()) {
      warn(SourceCode.NOTHING_TO_READ, "'%s' has no rows".formatted(source.name()));
    }
    if (state.table().isPresent()) {
      for (Column column : intake.added()) {
        warn(
            SourceCode.COLUMN_ADDED,
            "new column '%s' of type %s in '%s'"
                .formatted(column.name(), column.type().sql(), source.name()));
      }
    }
    for (String name : intake.missing()) {
      warn(
          SourceCode.COLUMN_GONE,
          "column '%s' is not in the new rows of '%s': it is NULL there"
              .formatted(name, source.name()));
    }
    for (String name : intake.withoutValues()) {
      warn(
          SourceCode.COLUMN_EMPTY,
          "column '%s' of '%s' has no values yet and is taken as text"
              .formatted(name, source.name()));
    }
    warnOfRowsWithoutTime(intake);
    if (known.cutDigits()) {
      warn(
          SourceCode.PRECISION_LOST,
          "times of '%s' are finer than a microsecond and were cut".formatted(source.name()));
    }
  }

  private void warnOfRowsWithoutTime(Intake intake) {
    if (source.kind() != Kind.EVENTS || source.at().isEmpty() || intake.read() == 0) {
      return;
    }
    String query =
        "SELECT count(*) FROM %s WHERE %s IS NULL"
            .formatted(intake.rows().table(), Sql.quote(source.at().get().value()));
    try (Rows rows = session.query(query)) {
      rows.next();
      if (rows.value(0) instanceof Long count && count > 0) {
        warn(SourceCode.NO_TIME, "%d rows of '%s' have no time".formatted(count, source.name()));
      }
    }
  }

  private void warn(SourceCode code, String message) {
    warnings.add(Diagnostic.warning(code, source.span(), message));
  }
}
