package dev.kith.sources;

import dev.kith.engine.Input;
import dev.kith.engine.Rows;
import dev.kith.engine.Session;
import dev.kith.lake.TableVersion;
import dev.kith.model.Located;
import dev.kith.model.TableName;
import dev.kith.model.definition.SourceDefinition;
import dev.kith.model.definition.SourceDefinition.Deduplication;
import dev.kith.model.type.Column;
import dev.kith.sources.file.FileState;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the events of a batch that were there before, in the batch or in the table.
 *
 * <p>Two events with the same {@code id} and {@code at} are one: if all else is equal too the later
 * one is a duplicate and dropped, else it contradicts and is rejected. With {@code dedupe: global}
 * the {@code id} alone decides. An event without an id (any part NULL) is never a duplicate. Of the
 * table only the days are read that the batch touches.
 */
final class EventDuplicates {

  static final String TABLE = "kith_in_repeated";
  static final String CONFLICTS = "kith_in_conflicts";
  private static final String IDS = "kith_in_repeated_ids";

  static final List<String> STEPS = List.of(TABLE, CONFLICTS, IDS);

  private static final TableName EXISTING = TableName.of("kith_in_existing");
  private static final int MOST_RANGES = 16;

  private final Session session;
  private final SourceDefinition source;
  private final StagedRows rows;
  private final List<FileState> removed;
  private final List<String> identity;
  private final List<String> content;

  /**
   * @param removed files whose rows leave the table with this batch: no event was there before for
   *     being in one of them
   */
  EventDuplicates(
      Session session, SourceDefinition source, StagedRows rows, List<FileState> removed) {
    this.session = session;
    this.source = source;
    this.rows = rows;
    this.removed = removed;
    List<String> ids = source.id().stream().map(Located::value).toList();
    boolean global = source.dedupe() == Deduplication.GLOBAL;
    Optional<String> at = source.at().map(Located::value);
    identity = new ArrayList<>(ids);
    if (!global) {
      at.ifPresent(identity::add);
    }
    content =
        rows.names().stream()
            .filter(name -> identity.stream().noneMatch(name::equalsIgnoreCase))
            .filter(name -> !(global && at.filter(name::equalsIgnoreCase).isPresent()))
            .toList();
  }

  /**
   * Fills {@link #TABLE} with the {@code _file} and {@code _line} of repeated events, and {@code
   * same}: whether all else is equal.
   *
   * @param failedTable rows that are rejected already
   * @param existing the table so far, with its columns
   * @return false if no event can be a duplicate
   */
  boolean find(
      Optional<String> failedTable,
      Optional<TableVersion> existing,
      StoredColumns stored,
      Set<String> hidden) {
    if (source.id().isEmpty()) {
      return false;
    }
    String candidates = candidates(failedTable);
    session.materialise(
        IDS,
        "SELECT %s FROM (%s) GROUP BY ALL HAVING count(*) > 1"
            .formatted(Sql.names(identity), candidates));
    String within = within(candidates);
    String query = within;
    if (existing.isPresent()) {
      session.bind(EXISTING, new Input.Whole(existing.get()), hidden);
      query = within + " UNION ALL " + before(candidates, stored);
    }
    session.materialise(
        TABLE,
        "SELECT _file, _line, bool_and(same) AS same FROM (%s) GROUP BY ALL".formatted(query));
    return true;
  }

  /**
   * As {@link #find} for events without an id that are read again: of rows that are equal in all
   * columns as many are repeated as the table has.
   */
  boolean findReread(TableVersion existing, StoredColumns stored, Set<String> hidden) {
    session.bind(EXISTING, new Input.Whole(existing), hidden);
    List<String> all = rows.names();
    session.materialise(
        TABLE,
        """
        SELECT c._file, c._line, true AS same FROM (
          SELECT *, row_number() OVER (PARTITION BY %1$s ORDER BY _file, _line) AS _nth FROM %2$s) c
        JOIN (SELECT %1$s, count(*) AS _there FROM (SELECT %3$s FROM %4$s e) GROUP BY ALL) o ON %5$s
        WHERE c._nth <= o._there"""
            .formatted(
                Sql.names(all),
                rows.table(),
                stored.select("e", rows.columns().columns()),
                EXISTING.quoted(),
                Sql.same("c", "o", all)));
    return true;
  }

  private String candidates(Optional<String> failedTable) {
    String withId =
        source.id().stream()
            .map(id -> "r." + Sql.quote(id.value()) + " IS NOT NULL")
            .reduce((a, b) -> a + " AND " + b)
            .orElse("true");
    String failed =
        failedTable
            .map(
                table ->
                    " AND NOT EXISTS (SELECT 1 FROM %s f WHERE f._file = r._file AND f._line = r._line)"
                        .formatted(table))
            .orElse("");
    return "SELECT r.* FROM %s r WHERE %s%s".formatted(rows.table(), withId, failed);
  }

  /** Each but the first of equal identity, compared to the first. */
  private String within(String candidates) {
    String first =
        content.isEmpty()
            ? "true"
            : "row(%1$s) IS NOT DISTINCT FROM first_value(row(%1$s)) OVER same_identity"
                .formatted(Sql.names("c", content));
    return """
        SELECT _file, _line, same FROM (
          SELECT c._file, c._line, row_number() OVER same_identity AS nth, %s AS same
          FROM (%s) c JOIN kith_in_repeated_ids i ON %s
          WINDOW same_identity AS (PARTITION BY %s ORDER BY c._file, c._line))
        WHERE nth > 1"""
        .formatted(first, candidates, Sql.same("c", "i", identity), Sql.names("c", identity));
  }

  private String before(String candidates, StoredColumns stored) {
    List<Column> wanted =
        rows.columns().columns().stream()
            .filter(column -> identity.contains(column.name()) || content.contains(column.name()))
            .toList();
    String old =
        "SELECT %s FROM %s e WHERE (%s)%s"
            .formatted(stored.select("e", wanted), EXISTING.quoted(), touched(), staying());
    String same = content.isEmpty() ? "true" : Sql.same("c", "o", content);
    return "SELECT c._file, c._line, %s AS same FROM (%s) c JOIN (%s) o ON %s"
        .formatted(same, candidates, old, Sql.same("c", "o", identity));
  }

  private String staying() {
    return removed.isEmpty() ? "" : " AND NOT " + EventLoad.originIn(removed, "_origin");
  }

  /** A condition on the table's time that holds for the days of the batch. */
  private String touched() {
    if (source.dedupe() == Deduplication.GLOBAL || source.at().isEmpty()) {
      return "true";
    }
    String at = Sql.quote(source.at().get().value());
    List<Instant> days = new ArrayList<>();
    boolean unknown = false;
    String query =
        "SELECT DISTINCT make_timestamptz(epoch_us(%s) // 86400000000 * 86400000000) AS day FROM %s ORDER BY day NULLS LAST"
            .formatted(at, rows.table());
    try (Rows found = session.query(query)) {
      while (found.next()) {
        Object day = found.value(0);
        if (day instanceof Instant instant) {
          days.add(instant);
        } else {
          unknown = true;
        }
      }
    }
    String ranges = ranges(at, days);
    return unknown ? ranges + " OR " + at + " IS NULL" : ranges;
  }

  /** Joins the days to at most a few ranges, closing the smallest gaps. */
  private static String ranges(String at, List<Instant> days) {
    if (days.isEmpty()) {
      return "false";
    }
    List<Instant> starts = new ArrayList<>(List.of(days.get(0)));
    List<Instant> ends = new ArrayList<>(List.of(days.get(0).plus(1, ChronoUnit.DAYS)));
    long gap = 1;
    while (true) {
      for (Instant day : days) {
        Instant lastEnd = ends.get(ends.size() - 1);
        if (day.isAfter(lastEnd.plus(gap - 1, ChronoUnit.DAYS))) {
          starts.add(day);
          ends.add(day.plus(1, ChronoUnit.DAYS));
        } else {
          ends.set(ends.size() - 1, day.plus(1, ChronoUnit.DAYS));
        }
      }
      if (starts.size() <= MOST_RANGES) {
        break;
      }
      gap *= 2;
      starts = new ArrayList<>(List.of(days.get(0)));
      ends = new ArrayList<>(List.of(days.get(0).plus(1, ChronoUnit.DAYS)));
    }
    StringBuilder condition = new StringBuilder();
    for (int i = 0; i < starts.size(); i++) {
      condition
          .append(i == 0 ? "" : " OR ")
          .append(at)
          .append(" >= ")
          .append(Sql.instant(starts.get(i)))
          .append(" AND ")
          .append(at)
          .append(" < ")
          .append(Sql.instant(ends.get(i)));
    }
    return condition.toString();
  }
}
