package dev.kith.run;

import dev.kith.engine.Input;
import dev.kith.engine.Rows;
import dev.kith.engine.Session;
import dev.kith.engine.WriteMode;
import dev.kith.engine.WriteOutcome;
import dev.kith.lake.LakeTable;
import dev.kith.lake.Provenance;
import dev.kith.lake.TableVersion;
import dev.kith.model.Located;
import dev.kith.model.TableName;
import dev.kith.model.definition.TableDefinition.Mode;
import dev.kith.model.type.Column;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Computes anew the parts of a table that changed rows of its input belong to: periods, or keys.
 * That the query treats each part for itself has been shown when it was resolved.
 */
final class ChangedParts {

  private static final TableName ADDED = TableName.of("kith_added");
  private static final TableName REMOVED = TableName.of("kith_removed");
  private static final TableName WHOLE = TableName.of("kith_whole");
  private static final String KEYS = "kith_keys";

  private final Building building;
  private final Session session;
  private final Node.TableNode node;
  private final LakeTable table;
  private final Provenance provenance;

  ChangedParts(
      Building building,
      Session session,
      Node.TableNode node,
      LakeTable table,
      Provenance provenance) {
    this.building = building;
    this.session = session;
    this.node = node;
    this.table = table;
    this.provenance = provenance;
  }

  WriteOutcome write(TableName input, TableVersion from, TableVersion to) {
    session.bind(ADDED, new Input.Added(from, to), node.hiddenNamed());
    session.bind(REMOVED, new Input.Removed(from, to), node.hiddenNamed());
    session.bind(WHOLE, new Input.Whole(to), node.hiddenNamed());
    return node.incremental() instanceof Node.Incremental.ByTime byTime
        ? periods(input, byTime)
        : keys(input, (Node.Incremental.ByKey) node.incremental());
  }

  private WriteOutcome keys(TableName input, Node.Incremental.ByKey byKey) {
    List<String> key = node.definition().key().stream().map(Located::value).toList();
    List<String> columns = byKey.inputColumns();
    String keyList =
        IntStream.range(0, key.size())
            .mapToObj(i -> quoted(columns.get(i)) + " AS " + quoted(key.get(i)))
            .collect(Collectors.joining(", "));
    session.materialise(KEYS, "SELECT DISTINCT " + keyList + " FROM " + changed());
    String match =
        IntStream.range(0, key.size())
            .mapToObj(
                i ->
                    "w." + quoted(columns.get(i)) + " IS NOT DISTINCT FROM k." + quoted(key.get(i)))
            .collect(Collectors.joining(" AND "));
    session.bindView(
        input,
        "SELECT w.* FROM "
            + WHOLE.quoted()
            + " w WHERE EXISTS (SELECT 1 FROM "
            + KEYS
            + " k WHERE "
            + match
            + ")");
    String keysSql =
        "SELECT "
            + key.stream().map(this::quoted).collect(Collectors.joining(", "))
            + " FROM "
            + KEYS;
    return building.write(
        session, table, sql(), new WriteMode.ReplaceKeys(key, keysSql), provenance);
  }

  /** Each run of neighbouring periods is a commit; only the last says that all is done. */
  private WriteOutcome periods(TableName input, Node.Incremental.ByTime byTime) {
    Mode.ByTime mode = (Mode.ByTime) node.definition().mode().value();
    List<Span> spans = spans(byTime.inputColumn(), mode);
    Provenance before = table.head().orElseThrow().provenance();
    WriteOutcome total = new WriteOutcome(OptionalLong.empty(), 0, 0, 0);
    for (int i = 0; i < spans.size(); i++) {
      Span span = spans.get(i);
      Instant from = span.from().atZone(building.zone()).toInstant();
      Instant to = span.to().atZone(building.zone()).toInstant();
      session.bindView(input, restricted(input, byTime.inputColumn(), from, to));
      WriteOutcome outcome =
          building.write(
              session,
              table,
              sql(),
              new WriteMode.ReplaceRange(mode.column(), from, to),
              i == spans.size() - 1 ? provenance : before);
      total =
          new WriteOutcome(
              outcome.snapshotId(),
              total.rowsAdded() + outcome.rowsAdded(),
              total.rowsDeleted() + outcome.rowsDeleted(),
              total.bytesWritten() + outcome.bytesWritten());
    }
    return total;
  }

  private String restricted(TableName input, String column, Instant from, Instant to) {
    Column typed =
        building.relations().find(input).orElseThrow().schema().column(column).orElseThrow();
    return "SELECT * FROM "
        + WHOLE.quoted()
        + " WHERE "
        + typed.quotedName()
        + " >= "
        + TimeLiterals.of(from, typed.type(), building.zone())
        + " AND "
        + typed.quotedName()
        + " < "
        + TimeLiterals.of(to, typed.type(), building.zone());
  }

  /** Local times, [from, to). */
  record Span(LocalDateTime from, LocalDateTime to) {}

  private List<Span> spans(String column, Mode.ByTime mode) {
    ChronoUnit unit = unit(mode);
    NavigableSet<LocalDateTime> starts = new TreeSet<>();
    String sql =
        "SELECT DISTINCT CAST(date_trunc('"
            + unit.name().toLowerCase(java.util.Locale.ROOT).replaceAll("s$", "")
            + "', "
            + quoted(column)
            + ") AS TIMESTAMP) AS start FROM "
            + changed()
            + " WHERE "
            + quoted(column)
            + " IS NOT NULL";
    try (Rows rows = session.query(sql)) {
      while (rows.next()) {
        LocalDateTime start = localStart(rows.value(0), building.zone());
        for (int back = 0; back <= mode.lookback(); back++) {
          starts.add(start.minus(back, unit));
        }
      }
    }
    List<Span> spans = new ArrayList<>();
    for (LocalDateTime start : starts) {
      Span last = spans.isEmpty() ? null : spans.get(spans.size() - 1);
      if (last != null && last.to().equals(start)) {
        spans.set(spans.size() - 1, new Span(last.from(), start.plus(1, unit)));
      } else {
        spans.add(new Span(start, start.plus(1, unit)));
      }
    }
    return spans;
  }

  private static LocalDateTime localStart(
      @org.jspecify.annotations.Nullable Object value, ZoneId zone) {
    if (value instanceof LocalDate date) {
      return date.atStartOfDay();
    }
    if (value instanceof Instant instant) {
      return instant.atZone(zone).toLocalDateTime();
    }
    return (LocalDateTime) java.util.Objects.requireNonNull(value);
  }

  private static ChronoUnit unit(Mode.ByTime mode) {
    return switch (mode.grain()) {
      case HOUR -> ChronoUnit.HOURS;
      case DAY -> ChronoUnit.DAYS;
      case MONTH -> ChronoUnit.MONTHS;
      case YEAR -> ChronoUnit.YEARS;
    };
  }

  private String changed() {
    return "(SELECT * FROM "
        + ADDED.quoted()
        + " UNION ALL SELECT * FROM "
        + REMOVED.quoted()
        + ")";
  }

  private String sql() {
    return node.query().render(building.asOf());
  }

  private String quoted(String name) {
    return "\"" + name.replace("\"", "\"\"") + "\"";
  }
}
