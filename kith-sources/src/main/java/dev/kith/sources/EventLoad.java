package dev.kith.sources;

import dev.kith.engine.Input;
import dev.kith.engine.Rows;
import dev.kith.engine.Session;
import dev.kith.engine.WriteMode;
import dev.kith.engine.WriteOutcome;
import dev.kith.lake.Partitioning;
import dev.kith.lake.TableLayout;
import dev.kith.model.TableName;
import dev.kith.model.definition.SourceDefinition;
import dev.kith.model.type.Column;
import dev.kith.model.type.TableSchema;
import dev.kith.sources.file.FileState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Adds a batch of events to their table, without those that are there already. */
final class EventLoad implements SourceLoad {

  private static final TableName EXISTING = TableName.of("kith_in_existing");
  private static final long ROWS_WORTH_A_PARTITION = 10_000;
  private static final long ROWS_WORTH_A_DAY = 1_000_000;
  private static final int ROWS_OF_A_BLOCK = 100_000;
  private static final long ROWS_WORTH_A_SAMPLE = 3_000_000;

  /** How many blocks of rows may overlap at any time for them to count as ordered. */
  private static final double ORDERLY = 4;

  private final SourceDefinition source;
  private final IngestContext context;
  private final Session session;
  private final SourceState state;
  private final Intake intake;
  private final List<String> excluded = new ArrayList<>();
  private long dropped;

  EventLoad(SourceDefinition source, IngestContext context, SourceState state, Intake intake) {
    this.source = source;
    this.context = context;
    this.session = context.session();
    this.state = state;
    this.intake = intake;
  }

  @Override
  public void check(Optional<String> unfit, Rejects rejects) {
    unfit.ifPresent(excluded::add);
    EventDuplicates duplicates =
        new EventDuplicates(session, source, intake.rows(), intake.removed());
    boolean any =
        duplicates.find(
                unfit,
                context.fullRefresh() ? Optional.empty() : state.version(),
                state.stored(source),
                state.hidden())
            || (intake.rereadSql().isPresent()
                && state.version().isPresent()
                && !context.fullRefresh()
                && duplicates.findReread(
                    state.version().get(), state.stored(source), state.hidden()));
    if (any) {
      long repeated = count("SELECT count(*) FROM " + EventDuplicates.TABLE);
      long conflicts = count("SELECT count(*) FROM " + EventDuplicates.TABLE + " WHERE NOT same");
      if (repeated > 0) {
        excluded.add(EventDuplicates.TABLE);
      }
      if (conflicts > 0) {
        divertConflicts(rejects);
      }
      dropped = repeated - conflicts;
    }
  }

  private void divertConflicts(Rejects rejects) {
    String identity =
        source.id().stream().map(id -> id.value()).collect(Collectors.joining("', '", "'", "'"));
    session.materialise(
        EventDuplicates.CONFLICTS,
        "SELECT _file, _line, %s AS reason, NULL::VARCHAR AS column_name FROM %s WHERE NOT same"
            .formatted(
                Sql.literal(
                    "an event with the same " + identity + " and other content was read before"),
                EventDuplicates.TABLE));
    intake.raws().divert(session, intake.rows(), EventDuplicates.CONFLICTS, rejects);
  }

  @Override
  public boolean changesNothing() {
    return count("SELECT count(*) FROM " + intake.rows().table() + " r" + keptSql()) == 0;
  }

  @Override
  public TableLayout layout() {
    List<Column> columns = new ArrayList<>(intake.rows().columns().columns());
    columns.addAll(EventColumns.ALL);
    return new TableLayout(new TableSchema(columns), partitioning(), List.of(), List.of());
  }

  /**
   * By month of the event, or by day where a day has a million rows, so that the look for
   * duplicates touches few files. Not at all where nothing is looked for, where partitions would be
   * files of a few rows, or where rows come in the order of time: to spread rows costs as much as
   * half their writing, and files and row groups know their first and last time anyway.
   */
  private List<Partitioning> partitioning() {
    if (state.table().isPresent() || source.at().isEmpty() || source.id().isEmpty()) {
      return List.of(); // an existing table keeps its own
    }
    String at = source.at().get().value();
    String query =
        """
        SELECT sum(n), min(low), max(high), sum(epoch(high) - epoch(low)) FROM (
          SELECT count(*) AS n, min(%1$s) AS low, max(%1$s) AS high FROM %2$s%4$s
          GROUP BY _file, _line // %3$d)"""
            .formatted(
                Sql.quote(at),
                intake.rows().table(),
                ROWS_OF_A_BLOCK,
                intake.read() > ROWS_WORTH_A_SAMPLE ? " USING SAMPLE 5 PERCENT (system, 1)" : "");
    try (Rows span = session.query(query)) {
      span.next();
      if (!(span.value(1) instanceof Instant from)
          || !(span.value(2) instanceof Instant to)
          || !(span.value(0) instanceof Number rows)
          || !(span.value(3) instanceof Number spanned)) {
        return List.of();
      }
      double seconds = Math.max(1, Duration.between(from, to).toSeconds());
      if (spanned.doubleValue() <= ORDERLY * seconds) {
        return List.of();
      }
      double days = Math.max(1, seconds / 86_400);
      String column = intake.rows().columns().column(at).map(Column::name).orElse(at);
      if (rows.doubleValue() / days >= ROWS_WORTH_A_DAY) {
        return List.of(new Partitioning.ByDay(column));
      }
      return rows.doubleValue() / Math.max(1, days / 30) >= ROWS_WORTH_A_PARTITION
          ? List.of(new Partitioning.ByMonth(column))
          : List.of();
    }
  }

  @Override
  public Outcome write(BatchWriter writer, SourceCursor cursor) {
    StagedRows rows = intake.rows();
    String sql =
        "SELECT %s%s AS _ingested_at, %s AS _batch, %s AS _origin FROM %s r%s"
            .formatted(
                StagedRows.comma(Sql.names(rows.names())),
                Sql.instant(writer.now()),
                Sql.literal(writer.batch()),
                rows.originSql(),
                rows.table(),
                keptSql());
    WriteOutcome written = writer.commitRows(sql, mode(), cursor);
    return new Outcome(
        written.rowsAdded(), dropped, 0, context.fullRefresh() ? 0 : written.rowsDeleted());
  }

  /** Leaves out the rows that were rejected or dropped. */
  private String keptSql() {
    String kept =
        excluded.stream()
            .map(
                table ->
                    "NOT EXISTS (SELECT 1 FROM %s x WHERE x._file = r._file AND x._line = r._line)"
                        .formatted(table))
            .collect(Collectors.joining(" AND "));
    return kept.isEmpty() ? "" : " WHERE " + kept;
  }

  private WriteMode mode() {
    if (context.fullRefresh()) {
      return new WriteMode.Overwrite();
    }
    if (intake.removed().isEmpty() || state.version().isEmpty()) {
      return new WriteMode.Append();
    }
    session.bind(EXISTING, new Input.Whole(state.version().get()), state.hidden());
    return new WriteMode.ReplaceKeys(
        List.of("_origin"),
        "SELECT DISTINCT _origin FROM %s WHERE %s"
            .formatted(EXISTING.quoted(), originIn(intake.removed(), "_origin")));
  }

  /** A condition that an origin is in one of the files. */
  static String originIn(List<FileState> files, String column) {
    return files.stream()
        .map(
            file ->
                "regexp_replace(%s, '[:#][0-9]+$', '') = %s"
                    .formatted(column, Sql.literal(file.path())))
        .collect(Collectors.joining(" OR ", "(", ")"));
  }

  private long count(String query) {
    try (Rows rows = session.query(query)) {
      rows.next();
      @Nullable Object value = rows.value(0);
      return value instanceof Number number ? number.longValue() : 0;
    }
  }
}
