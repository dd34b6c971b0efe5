package dev.kith.run.asof;

import dev.kith.engine.RowSink;
import dev.kith.engine.Rows;
import dev.kith.engine.Session;
import dev.kith.measures.ProfilePlan;
import dev.kith.measures.WindowBounds;
import dev.kith.model.TableName;
import dev.kith.model.type.Column;
import dev.kith.model.type.DataType.Primitive;
import dev.kith.model.type.TableSchema;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The bounds of windows at many instants. Those of a quarter of an hour share how far their bounds
 * are from them, and mostly so do those of a day, so the calendar is asked once for all of them,
 * and the engine adds microseconds. Near a change of clocks it is asked for each instant.
 */
final class Bounds {

  private static final String SHARED = "kith_shared_bounds";
  private static final String SINGLE = "kith_single_bounds";
  private static final String QUARTER = "kith_quarter";

  private final Session session;
  private final ProfilePlan plan;
  private final ZoneId zone;

  /** The first and the last instant of a quarter of an hour. */
  private record Quarter(long number, Instant first, Instant last) {}

  Bounds(Session session, ProfilePlan plan, ZoneId zone) {
    this.session = session;
    this.plan = plan;
    this.zone = zone;
  }

  /**
   * Makes them ready for some instants.
   *
   * @param instants a relation of them
   * @param column of it
   */
  void prepare(String instants, String column) {
    List<String> single = new ArrayList<>();
    String quarters =
        "SELECT %1$s, min(%2$s), max(%2$s) FROM %3$s GROUP BY %1$s ORDER BY 1"
            .formatted(quarter(column), column, instants);
    try (RowSink sink = session.stage(SHARED, shared());
        Rows rows = session.query(quarters)) {
      List<Quarter> day = new ArrayList<>();
      while (rows.next()) {
        Quarter next =
            new Quarter(
                ((Number) Objects.requireNonNull(rows.value(0))).longValue(),
                instant(rows, 1),
                instant(rows, 2));
        if (!day.isEmpty() && !day(day.get(0)).equals(day(next))) {
          share(day, sink, single);
          day.clear();
        }
        day.add(next);
      }
      share(day, sink, single);
    }
    String unshared =
        single.isEmpty() ? "FALSE" : quarter(column) + " IN (" + String.join(", ", single) + ")";
    try (RowSink sink = session.stage(SINGLE, WindowBounds.schema(plan));
        Rows rows =
            session.query(
                "SELECT DISTINCT %s FROM %s WHERE %s".formatted(column, instants, unshared))) {
      var bounds = WindowBounds.rows(plan, zone);
      while (rows.next()) {
        sink.add(bounds.apply(instant(rows, 0)).toArray());
      }
    }
  }

  /**
   * Those of a local day are the same for all of its quarters, as a rule.
   *
   * @param single gets the quarters whose instants share none
   */
  private void share(List<Quarter> day, RowSink sink, List<String> single) {
    if (day.isEmpty()) {
      return;
    }
    Optional<List<Duration>> ofDay = distances(day.get(0).first(), day.get(day.size() - 1).last());
    for (Quarter quarter : day) {
      ofDay
          .or(() -> distances(quarter.first(), quarter.last()))
          .ifPresentOrElse(
              distances -> sink.add(row(quarter.number(), distances)),
              () -> single.add(Long.toString(quarter.number())));
    }
  }

  private Optional<List<Duration>> distances(Instant first, Instant last) {
    return WindowBounds.distances(plan, zone, first, last);
  }

  private LocalDate day(Quarter quarter) {
    return quarter.first().atZone(zone).toLocalDate();
  }

  /** Binds those of some of the instants, as rows of {@link WindowBounds}. */
  void bind(String name, String instants, String column) {
    String added =
        names().stream()
            .map(bound -> ", make_timestamptz(epoch_us(i.at) + s.%1$s) AS %1$s".formatted(bound))
            .collect(Collectors.joining());
    session.bindView(
        TableName.of(name),
        "SELECT i.at AS %1$s%2$s FROM (SELECT DISTINCT %3$s AS at FROM %4$s) AS i JOIN %5$s AS s ON s.%6$s = %7$s UNION ALL SELECT * FROM %8$s"
            .formatted(
                WindowBounds.AS_OF,
                added,
                column,
                instants,
                SHARED,
                QUARTER,
                quarter("i.at"),
                SINGLE));
  }

  void drop() {
    session.drop(SHARED);
    session.drop(SINGLE);
  }

  /** Of the Gregorian calendar's time in UTC: all offsets of today are a number of them. */
  private static String quarter(String instant) {
    return "epoch_us(%s) // %d".formatted(instant, Duration.ofMinutes(15).toSeconds() * 1_000_000);
  }

  private List<String> names() {
    return WindowBounds.schema(plan).columns().stream().skip(1).map(Column::quotedName).toList();
  }

  private TableSchema shared() {
    List<Column> columns = new ArrayList<>();
    columns.add(new Column(QUARTER, Primitive.BIGINT));
    WindowBounds.schema(plan).columns().stream()
        .skip(1)
        .forEach(bound -> columns.add(new Column(bound.name(), Primitive.BIGINT)));
    return new TableSchema(columns);
  }

  private static Object[] row(long quarter, List<Duration> distances) {
    List<Object> row = new ArrayList<>(List.of(quarter));
    distances.forEach(distance -> row.add(distance.dividedBy(Duration.of(1, ChronoUnit.MICROS))));
    return row.toArray();
  }

  private static Instant instant(Rows rows, int column) {
    return (Instant) Objects.requireNonNull(rows.value(column));
  }
}
