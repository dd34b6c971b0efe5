package dev.kith.sources;

import dev.kith.engine.Input;
import dev.kith.engine.Rows;
import dev.kith.engine.Session;
import dev.kith.engine.WriteMode;
import dev.kith.lake.TableLayout;
import dev.kith.model.Located;
import dev.kith.model.TableName;
import dev.kith.model.definition.SourceDefinition;
import dev.kith.model.type.Column;
import dev.kith.model.type.TableSchema;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Puts a batch of an entity's rows into its history.
 *
 * <p>A key's history is a chain of events in time: versions, and the ends that deletions make. A
 * version happens at its {@code changed_at}, else when it was observed. The chains of the keys that
 * a batch changes are put together anew, of what the table has and what the batch brings, and
 * replace what was there: so a late version simply finds its place. The first version of a chain is
 * valid since ever. A row that equals the version at its instant, or the current one, changes
 * nothing. Of two rows with the same key and instant the later one in the batch holds, and holds
 * against one that was there.
 *
 * <p>If the batch is all that the source has, a current key that it lacks is deleted now; and a
 * deleted key that it has, lives again from now, whatever its {@code changed_at}.
 */
final class HistoryLoad implements SourceLoad {

  /** From when a first version is valid. */
  static final Instant EVER = Instant.parse("0001-01-01T00:00:00Z");

  private static final TableName EXISTING = TableName.of("kith_in_existing");
  private static final String INCOMING = "kith_in_incoming";
  private static final String OLD = "kith_in_old";
  private static final String CHANGED = "kith_in_changed";
  private static final String GONE = "kith_in_gone";
  private static final String TOUCHED = "kith_in_touched";

  static final List<String> STEPS = List.of(INCOMING, OLD, CHANGED, GONE, TOUCHED);

  private final SourceDefinition source;
  private final Session session;
  private final SourceState state;
  private final Intake intake;
  private final Instant now;
  private final List<String> key;
  private final List<String> names;
  private final Optional<String> changedAt;
  private long incoming;
  private long changedRows;
  private long addedKeys;
  private long updatedKeys;
  private long deletedKeys;

  HistoryLoad(
      SourceDefinition source, Session session, SourceState state, Intake intake, Instant now) {
    this.source = source;
    this.session = session;
    this.state = state;
    this.intake = intake;
    this.now = now;
    this.names = intake.rows().names();
    this.key = source.key().stream().map(this::columnName).toList();
    this.changedAt = source.changedAt().map(this::columnName);
  }

  private String columnName(Located<String> name) {
    return intake.rows().columns().column(name.value()).map(Column::name).orElse(name.value());
  }

  @Override
  public void check(Optional<String> unfit, Rejects rejects) {
    session.materialise(INCOMING, incomingSql(unfit));
    session.materialise(OLD, oldSql());
    session.materialise(CHANGED, changedSql());
    // A row that could not be read may be the one that seems to be missing.
    boolean deletions = intake.snapshot() && rejects.count() == 0;
    session.materialise(GONE, deletions ? goneSql() : goneSql() + " AND false");
    session.materialise(TOUCHED, touchedSql());
    incoming = count("SELECT count(*) FROM " + INCOMING);
    changedRows = count("SELECT count(*) FROM " + CHANGED);
    deletedKeys = count("SELECT count(*) FROM " + GONE);
    long changedKeys = count("SELECT count(*) FROM (SELECT DISTINCT %s FROM %s)", CHANGED);
    updatedKeys =
        count(
            "SELECT count(*) FROM (SELECT DISTINCT %s FROM %s c WHERE EXISTS (SELECT 1 FROM "
                + OLD
                + " o WHERE "
                + Sql.same("c", "o", key)
                + "))",
            CHANGED);
    addedKeys = changedKeys - updatedKeys;
  }

  private String incomingSql(Optional<String> unfit) {
    String kept =
        unfit
            .map(
                table ->
                    " WHERE NOT EXISTS (SELECT 1 FROM %s x WHERE x._file = r._file AND x._line = r._line)"
                        .formatted(table))
            .orElse("");
    return """
        SELECT %s, %s AS _t, %s AS _origin FROM %s r%s
        QUALIFY row_number() OVER (PARTITION BY %s, _t ORDER BY _file DESC, _line DESC) = 1"""
        .formatted(
            Sql.names(names),
            changedAt.map(Sql::quote).orElse("CAST(NULL AS TIMESTAMP WITH TIME ZONE)"),
            intake.rows().originSql(),
            intake.rows().table(),
            kept,
            Sql.names(key));
  }

  /** The versions of keys that the batch may change, with the instant each happened at. */
  private String oldSql() {
    List<Column> columns = intake.rows().columns().columns();
    if (state.version().isEmpty()) {
      return "SELECT "
          + Sql.padded("none", columns, List.of())
          + ", "
          + Sql.padded("none", HistoryColumns.ALL, List.of())
          + ", "
          + Sql.instant(now)
          + " AS _t, "
          + Sql.instant(now)
          + " AS _next, false AS _removed WHERE false";
    }
    session.bind(EXISTING, new Input.Whole(state.version().get()), state.hidden());
    StoredColumns stored = state.stored(source);
    String removed =
        intake.removed().isEmpty() ? "false" : EventLoad.originIn(intake.removed(), "h._origin");
    String happened =
        changedAt.filter(stored::has).map(name -> "h." + Sql.quote(name) + ", ").orElse("");
    String wanted =
        intake.snapshot()
            ? ""
            : " WHERE EXISTS (SELECT 1 FROM %s i WHERE %s)%s"
                .formatted(INCOMING, Sql.same("h", "i", key), withRemoved(removed));
    return """
        SELECT %s, %s,
          CASE WHEN h._since_ever THEN coalesce(%s%s) ELSE h.valid_from END AS _t,
          lead(h.valid_from) OVER (PARTITION BY %s ORDER BY h.valid_from) AS _next,
          %s AS _removed
        FROM %s h%s"""
        .formatted(
            stored.select("h", columns),
            Sql.names("h", HistoryColumns.ALL.stream().map(Column::name).toList()),
            happened,
            Sql.instant(EVER),
            Sql.names("h", key),
            removed,
            EXISTING.quoted(),
            wanted);
  }

  private String withRemoved(String removed) {
    return removed.equals("false")
        ? ""
        : " OR EXISTS (SELECT 1 FROM (SELECT * FROM %s h WHERE %s) x WHERE %s)"
            .formatted(EXISTING.quoted(), removed, Sql.same("h", "x", key));
  }

  private String changedSql() {
    return """
        SELECT %1$s, i._origin, CASE WHEN i._t IS NULL OR (%2$s) THEN %3$s ELSE i._t END AS _t
        FROM %4$s i
        LEFT JOIN (SELECT *, true AS _there FROM %5$s WHERE NOT _removed
          QUALIFY row_number() OVER (PARTITION BY %6$s ORDER BY _t DESC) = 1) c ON %7$s
        LEFT JOIN (SELECT *, true AS _there FROM %5$s WHERE NOT _removed) s ON %8$s AND s._t = i._t
        WHERE NOT coalesce(c._there AND c.valid_to IS NULL AND %9$s, false)
          AND NOT coalesce(s._there AND NOT (%2$s) AND %10$s, false)"""
        .formatted(
            Sql.names("i", names),
            intake.snapshot() ? "coalesce(c.valid_to >= i._t, false)" : "false",
            Sql.instant(now),
            INCOMING,
            OLD,
            Sql.names(key),
            Sql.same("i", "c", key),
            Sql.same("i", "s", key),
            Sql.same("i", "c", names),
            Sql.same("i", "s", names));
  }

  private String goneSql() {
    return "SELECT o.* FROM %s o WHERE o.valid_to IS NULL AND NOT o._removed AND NOT EXISTS (SELECT 1 FROM %s r WHERE %s)"
        .formatted(OLD, intake.rows().table(), Sql.same("o", "r", key));
  }

  private String touchedSql() {
    String keys = Sql.names(key);
    return "SELECT %1$s FROM %2$s UNION SELECT %1$s FROM %3$s UNION SELECT %1$s FROM %4$s WHERE _removed"
        .formatted(keys, CHANGED, GONE, OLD);
  }

  @Override
  public boolean changesNothing() {
    return count("SELECT count(*) FROM " + TOUCHED) == 0;
  }

  @Override
  public TableLayout layout() {
    List<Column> columns = new ArrayList<>(intake.rows().columns().columns());
    columns.addAll(HistoryColumns.ALL);
    return new TableLayout(new TableSchema(columns), List.of(), List.of(), List.of());
  }

  @Override
  public Outcome write(BatchWriter writer, SourceCursor cursor) {
    WriteMode mode =
        state.version().isEmpty()
            ? new WriteMode.Append()
            : new WriteMode.ReplaceKeys(
                key, "SELECT %s FROM %s".formatted(Sql.names(key), TOUCHED));
    writer.commitRows(chainsSql(writer.batch()), mode, cursor);
    return new Outcome(addedKeys, incoming - changedRows, updatedKeys, deletedKeys);
  }

  private String chainsSql(String batch) {
    String all = Sql.names(names);
    String arrival = "_ingested_at, _batch, _origin";
    String events =
        """
        SELECT %1$s, _t, 1 AS _rank, false AS _gone, %2$s FROM %3$s WHERE NOT _removed
        UNION ALL
        SELECT %1$s, valid_to, 0, true, %2$s FROM %3$s
        WHERE NOT _removed AND valid_to IS NOT NULL AND valid_to IS DISTINCT FROM _next
        UNION ALL
        SELECT %1$s, %4$s, 0, true, %2$s FROM %5$s
        UNION ALL
        SELECT %1$s, _t, 2, false, %4$s, %6$s, _origin FROM %7$s"""
            .formatted(all, arrival, OLD, Sql.instant(now), GONE, Sql.literal(batch), CHANGED);
    return """
        SELECT %1$s, CASE WHEN _nth = 1 THEN %2$s ELSE _t END AS valid_from, _end AS valid_to,
          _nth = 1 AS _since_ever, %3$s
        FROM (
          SELECT *, lead(_t) OVER chain AS _end,
            sum(CASE WHEN _gone THEN 0 ELSE 1 END) OVER chain AS _nth
          FROM (
            SELECT * FROM (%4$s) e WHERE EXISTS (SELECT 1 FROM %5$s t WHERE %6$s)
            QUALIFY row_number() OVER (PARTITION BY %7$s, _t ORDER BY _rank DESC) = 1)
          WINDOW chain AS (PARTITION BY %7$s ORDER BY _t))
        WHERE NOT _gone"""
        .formatted(
            all,
            Sql.instant(EVER),
            arrival,
            events,
            TOUCHED,
            Sql.same("e", "t", key),
            Sql.names(key));
  }

  private long count(String query, String table) {
    return count(query.formatted(Sql.names(key), table));
  }

  private long count(String query) {
    try (Rows rows = session.query(query)) {
      rows.next();
      return rows.value(0) instanceof Number number ? number.longValue() : 0;
    }
  }
}
